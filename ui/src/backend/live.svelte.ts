import { Again } from './again.ts';
import { call, on } from './backend.ts';
import { BackendError } from './error.ts';
import type { Changed, Commands } from './generated.ts';

/** The kinds of records a `changed` event can name. */
export type ChangedKind = Changed['kinds'][number];

/** The latest answer to a question, kept up to date while the screen is there. */
export interface LiveQuery<T> {
  /** The last answer; stays while a newer one is fetched, so that nothing flickers. */
  readonly value: T | undefined;
  /** True until the first answer (or error) has come. */
  readonly loading: boolean;
  readonly error: BackendError | undefined;
  refresh(): Promise<void>;
}

/**
 * Asks a question now, again when its arguments change, and again when a record of one of
 * `kinds` changed on this device or arrived from a colleague.
 *
 * Call it while a component (or its state class) is being created: it stops with that component.
 * `args` may return `undefined` for "nothing to ask yet".
 */
export function liveQuery<K extends keyof Commands>(
  name: K,
  args: () => Commands[K]['args'] | undefined,
  kinds: readonly ChangedKind[],
): LiveQuery<Commands[K]['reply']> {
  const query = new Query<K>(name, args);
  $effect(() => {
    void query.ask(args());
  });
  $effect(() =>
    on('changed', (changed) => {
      if (changed.kinds.some((kind) => kinds.includes(kind))) void query.refresh();
    }),
  );
  return query;
}

class Query<K extends keyof Commands> implements LiveQuery<Commands[K]['reply']> {
  value = $state.raw<Commands[K]['reply'] | undefined>();
  error = $state.raw<BackendError | undefined>();
  loading = $state(true);
  readonly #name: K;
  readonly #args: () => Commands[K]['args'] | undefined;
  #asked = 0;
  readonly #again = new Again();

  constructor(name: K, args: () => Commands[K]['args'] | undefined) {
    this.#name = name;
    this.#args = args;
  }

  /** Many changes in a row (a sync page) cost at most one question more than the one under way. */
  refresh(): Promise<void> {
    return this.#again.run(() => this.ask(this.#args()));
  }

  async ask(args: Commands[K]['args'] | undefined): Promise<void> {
    const turn = ++this.#asked;
    if (args === undefined) {
      this.loading = false;
      return;
    }
    try {
      const value = await call(this.#name, args);
      if (turn !== this.#asked) return;
      this.value = value;
      this.error = undefined;
    } catch (cause) {
      if (turn !== this.#asked) return;
      this.error = BackendError.from(cause);
    }
    this.loading = false;
  }
}
