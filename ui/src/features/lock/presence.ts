import { call } from '../../backend/index.ts';

/** A touch is told at most this often; the app counts in minutes. */
const EVERY_MS = 10_000;

/** What a person does to a screen. Moving a mouse over it counts, a colleague's change does not. */
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** Tells the app that somebody is here, until the returned function is called. */
export function tellPresence(now: () => number = Date.now): () => void {
  let told = -Infinity;
  const heard = (): void => {
    if (now() - told < EVERY_MS) return;
    told = now();
    // A locked app says so by itself, and anything else is tried again with the next touch.
    void call('device_active', {}).catch(() => undefined);
  };
  for (const sign of SIGNS) addEventListener(sign, heard, { passive: true, capture: true });
  return () => {
    for (const sign of SIGNS) removeEventListener(sign, heard, { capture: true });
  };
}
