import { BackendError, call, type SearchHit } from '../../backend/index.ts';

/** What is looked for. */
interface Sought {
  /** These kinds only; without any, every kind. */
  kinds?: readonly string[];
  /** At most this many of each kind. */
  limit?: number;
  /** Among what is out of sight. */
  archived?: boolean;
}

/** Searches as someone types; only the answer to the latest words counts. */
export class Finder {
  text = $state('');
  /** What was found for `answered`. */
  hits = $state.raw<readonly SearchHit[]>([]);
  /** The words the hits belong to. */
  answered = $state('');
  error = $state.raw<BackendError | undefined>();

  readonly #kinds: readonly string[];
  readonly #limit: number;
  readonly #archived: boolean;
  #asked = 0;

  constructor({ kinds = [], limit = 8, archived = false }: Sought = {}) {
    this.#kinds = kinds;
    this.#limit = limit;
    this.#archived = archived;
  }

  /** An answer is under way, so "nothing found" cannot be said yet. */
  readonly looking = $derived(this.answered !== this.text.trim() && this.error === undefined);

  async type(text: string): Promise<void> {
    this.text = text;
    await this.refresh();
  }

  /** Asks again: the words changed, or a record did. */
  async refresh(): Promise<void> {
    const turn = ++this.#asked;
    const text = this.text.trim();
    try {
      const hits = text === '' ? [] : await this.#find(text);
      if (turn !== this.#asked) return;
      this.hits = hits;
      this.answered = text;
      this.error = undefined;
    } catch (cause) {
      if (turn === this.#asked) this.error = BackendError.from(cause);
    }
  }

  clear(): void {
    void this.type('');
  }

  async #find(text: string): Promise<SearchHit[]> {
    const kinds = this.#kinds.length === 0 ? [null] : this.#kinds;
    const found = await Promise.all(
      kinds.map((kind) =>
        call('search', { text, kind, limit: this.#limit, archived: this.#archived }),
      ),
    );
    return found.flat();
  }
}
