import { BackendError, call } from '../backend/index.ts';
import { leaving } from './leaving.ts';
import { Pause } from './pause.ts';

/**
 * What is typed in a form and not kept yet: safe on this device at every pause, so that a lock,
 * another screen or a kill loses no word. One write at a time, and the last one wins.
 */
export class Unsaved {
  /** Why the latest words are not safe yet. */
  error = $state.raw<BackendError | undefined>();
  readonly #form: string;
  readonly #pause = new Pause(WAIT, LONGEST);
  #waiting: string | undefined;
  #kept = '';
  #writing: Promise<void> | undefined;

  /** `form` names it: the id of the record it is about, or another word. */
  constructor(form: string) {
    this.#form = form;
  }

  /** What was typed before and not kept; empty when there is nothing. */
  async read(): Promise<string> {
    try {
      const { text } = await call('unsaved_get', { form: this.#form });
      this.#kept = text;
      return text;
    } catch (cause) {
      this.error = BackendError.from(cause);
      return '';
    }
  }

  /** Keeps this soon; an empty text forgets. */
  keep(text: string): void {
    if (text === (this.#waiting ?? this.#kept)) return;
    this.#waiting = text;
    this.#pause.run(() => void this.#write());
  }

  /** Keeps now what was typed last. */
  async flush(): Promise<void> {
    this.#pause.cancel();
    await this.#write();
  }

  /** It was kept as a record, or is not wanted: nothing of it stays. */
  async forget(): Promise<void> {
    this.keep('');
    await this.flush();
  }

  /** Flushes before the screens go; for use in an effect. */
  whileShown(): () => void {
    const settled = leaving.before(() => this.flush());
    return () => {
      settled();
      void this.flush();
    };
  }

  #write(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting !== undefined) {
      const text = this.#waiting;
      this.#waiting = undefined;
      try {
        await call('unsaved_set', { form: this.#form, text });
        this.#kept = text;
        this.error = undefined;
      } catch (cause) {
        this.error = BackendError.from(cause);
        this.#waiting ??= text; // tried again with the next word, or when the screen is left
        return;
      }
    }
  }
}

const WAIT = 300;
/** Typing without a pause is kept at least this often. */
const LONGEST = 800;
