import { call, type BackendError } from '../../backend/index.ts';
import { describeError } from '../../i18n/index.ts';
import { Attempt, device } from '../../shared/index.ts';

/** Another passphrase: what was typed, and what is wrong with it. */
export class NewPassphrase {
  old = $state('');
  next = $state('');
  again = $state('');
  /** Set once it was sent, so that nobody is told off while typing. */
  #checked = $state(false);
  readonly #changing = new Attempt();

  readonly differs = $derived(this.#checked && this.next !== this.again);

  get busy(): boolean {
    return this.#changing.busy;
  }

  get oldRefusal(): string | undefined {
    return this.#refusal('wrong_passphrase', 'too_many_tries');
  }

  get newRefusal(): string | undefined {
    return this.#refusal('passphrase_short', 'passphrase_digits');
  }

  /** What has nothing to do with one of the fields. */
  get otherError(): BackendError | undefined {
    const { error } = this.#changing;
    return error && FIELDS.includes(error.code) ? undefined : error;
  }

  /** Takes the new one. Says whether it opens the book from now on. */
  async change(): Promise<boolean> {
    this.#checked = true;
    if (this.next !== this.again) return false;
    const changed = await this.#changing.run(() =>
      call('passphrase_change', { old: this.old, new: this.next }),
    );
    if (!changed) return false;
    this.forget();
    // A short one is not asked about any more.
    if (device.status?.ask_longer) await device.ask();
    return true;
  }

  /** Leaves nothing of it in memory. */
  forget(): void {
    this.old = '';
    this.next = '';
    this.again = '';
    this.#checked = false;
    this.#changing.error = undefined;
  }

  #refusal(...codes: string[]): string | undefined {
    const { error } = this.#changing;
    return error && codes.includes(error.code) ? describeError(error).text : undefined;
  }
}

const FIELDS = ['wrong_passphrase', 'too_many_tries', 'passphrase_short', 'passphrase_digits'];
