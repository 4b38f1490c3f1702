import { call } from '../../backend/index.ts';
import { device, leaving } from '../../shared/index.ts';

/** Locks at once. What was typed and is kept by itself is kept first. */
export async function lockNow(): Promise<void> {
  await leaving.all();
  device.accept(await call('device_lock', {}));
}
