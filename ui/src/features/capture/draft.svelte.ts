import { BackendError, call, type Draft } from '../../backend/index.ts';
import { Pause } from '../../shared/index.ts';

/** Keeps what is typed safe on the device: one write at a time, and the last one wins. */
export class DraftKeeper {
  /** Why the latest words are not safe yet. */
  error = $state.raw<BackendError | undefined>();
  readonly #pause = new Pause(WAIT, LONGEST);
  #latest: Draft | undefined;
  #writing: Promise<void> | undefined;

  /** Keeps this soon. */
  keep(draft: Draft): void {
    this.#latest = draft;
    this.#pause.run(() => void this.#write());
  }

  /** Keeps now what was typed last; resolves when it is kept. */
  async flush(): Promise<void> {
    this.#pause.cancel();
    await this.#write();
  }

  /** Forgets what is waiting, so that a late write cannot bring back a note that was saved. */
  async stop(): Promise<void> {
    this.#pause.cancel();
    this.#latest = undefined;
    await this.#writing;
  }

  #write(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#latest) {
      const draft = this.#latest;
      this.#latest = undefined;
      try {
        await call('draft_set', draft);
        this.error = undefined;
      } catch (cause) {
        this.error = BackendError.from(cause);
        this.#latest ??= draft; // tried again with the next word, or when the screen is left
        return;
      }
    }
  }
}

const WAIT = 300;
/** Typing without a pause is kept at least this often. */
const LONGEST = 800;
