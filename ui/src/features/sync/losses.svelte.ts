import { SvelteSet } from 'svelte/reactivity';
import { call, type Departure } from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';
import { Attempt, device, notices } from '../../shared/index.ts';

/** Spaces that are lost while something in them was not sent. */
export class Losses {
  list = $state.raw<readonly Departure[]>([]);
  /** Ids of the spaces whose rest was written to a file, on this screen. */
  readonly exported = new SvelteSet<string>();
  readonly working = new Attempt();

  async read(): Promise<void> {
    // What cannot be read now is read again with the next word about the spaces.
    this.list = await call('departure_list', {}).catch(() => this.list);
  }

  /** Writes what was not sent to a file. */
  async keep({ space }: Departure): Promise<void> {
    const file = await this.working.run(() => call('departure_export', { id: space.id }));
    if (!file) return;
    this.exported.add(space.id);
    notices.say(t.sync.exported(file.records, file.path));
  }

  /** The rest of the space goes from this device. Says whether it is gone. */
  async finish({ space }: Departure): Promise<boolean> {
    const status = await this.working.run(() => call('departure_finish', { id: space.id }));
    if (!status) return false;
    device.accept(status);
    await this.read();
    return true;
  }
}
