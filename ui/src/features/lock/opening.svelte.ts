import { call, type BackendError, type Repaired } from '../../backend/index.ts';
import { describeError } from '../../i18n/index.ts';
import { Attempt, device } from '../../shared/index.ts';

/** Opening the book: the passphrase that is typed, and the pause after too many wrong ones. */
export class Opening {
  passphrase = $state('');
  /** Seconds until the next try. */
  wait = $state(0);
  /** What was read of a damaged book, once it was repaired. */
  repaired = $state.raw<Repaired>();
  readonly #opening = new Attempt();
  readonly #repairing = new Attempt();

  constructor(wait: number) {
    this.wait = wait;
  }

  get busy(): boolean {
    return this.#opening.busy;
  }

  get repairing(): boolean {
    return this.#repairing.busy;
  }

  /** The passphrase is right, and the file is damaged. */
  get damaged(): boolean {
    return this.#opening.error?.code === 'damaged' && !this.repaired;
  }

  /** Why it did not open. While there is a pause, the pause says enough. */
  get refusal(): string | undefined {
    const error = this.#repairing.error ?? this.#opening.error;
    if (!error || (error.code === 'too_many_tries' && this.wait > 0)) return undefined;
    return describeError(error).text;
  }

  /** Tries the passphrase. Says whether the book is open. */
  async open(): Promise<boolean> {
    if (this.wait > 0) return false;
    const { passphrase } = this;
    const status = await this.#opening.run(() => call('device_unlock', { passphrase }));
    if (status) {
      this.passphrase = '';
      device.accept(status);
      return true;
    }
    this.wait = waitOf(this.#opening.error);
    // The end of a book is told by the app itself; asking makes sure of it.
    if (this.#opening.error?.code === 'wiped') await device.ask();
    return false;
  }

  /** Puts what can be read of the damaged book in its place. */
  async repair(): Promise<void> {
    const { passphrase } = this;
    this.repaired = await this.#repairing.run(() => call('device_repair', { passphrase }));
    if (this.repaired) this.#opening.error = undefined;
  }

  /** Counts the pause down, until the returned function is called. */
  count(): () => void {
    if (this.wait <= 0) return () => undefined;
    const ticking = setInterval(() => {
      this.wait = Math.max(0, this.wait - 1);
      if (this.wait === 0) clearInterval(ticking);
    }, 1000);
    return () => {
      clearInterval(ticking);
    };
  }
}

function waitOf(error: BackendError | undefined): number {
  const details: unknown = error?.details;
  if (typeof details !== 'object' || details === null || !('wait' in details)) return 0;
  return typeof details.wait === 'number' ? details.wait : 0;
}
