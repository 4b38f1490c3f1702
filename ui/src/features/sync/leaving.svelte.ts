import { call, type BackendError } from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';
import { Attempt, device, notices } from '../../shared/index.ts';

/** Leaving the team on this device: asked first, because what is here goes. */
export class Leaving {
  asking = $state(false);
  /** Records that were not taken in by the server. */
  left = $state(0);
  /** The server could not be told. */
  untold = $state(false);
  readonly #leaving = new Attempt();

  get busy(): boolean {
    return this.#leaving.busy;
  }

  /** The person was told what is not sent, or that the server does not know; the next tap is meant. */
  get warned(): boolean {
    return this.left > 0 || this.untold;
  }

  /** What a warning does not say already. */
  get error(): BackendError | undefined {
    const { error } = this.#leaving;
    return error && WARNINGS.includes(error.code) ? undefined : error;
  }

  ask(): void {
    this.asking = true;
  }

  cancel(): void {
    this.asking = false;
    this.left = 0;
    this.untold = false;
    this.#leaving.error = undefined;
  }

  /** Writes what was not sent to a file. */
  async keep(): Promise<void> {
    const file = await this.#leaving.run(() => call('unsent_export', {}));
    if (file) notices.say(t.sync.exported(file.records, file.path));
  }

  async leave(): Promise<void> {
    const sure = this.warned;
    const status = await this.#leaving.run(() => call('device_leave', { sure }));
    if (status) {
      device.accept(status);
      return;
    }
    const { error } = this.#leaving;
    if (error?.code === 'unsent_left') this.left = countOf(error.details);
    this.untold = error?.code === 'offline';
  }
}

const WARNINGS = ['unsent_left', 'offline'];

function countOf(details: unknown): number {
  if (typeof details !== 'object' || details === null || !('count' in details)) return 1;
  return typeof details.count === 'number' ? details.count : 1;
}
