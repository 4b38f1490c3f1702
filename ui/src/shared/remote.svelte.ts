import { Again, type BackendError } from '../backend/index.ts';
import { Attempt } from './attempt.svelte.ts';

/** An answer that no change of a record tells: read while it is shown, and told anew by every change of it. */
export class Remote<T> {
  value = $state.raw<T | undefined>();
  readonly changing = new Attempt();
  readonly #reading = new Attempt();
  readonly #again = new Again();
  readonly #ask: () => Promise<T>;

  constructor(ask: () => Promise<T>) {
    this.#ask = ask;
  }

  /** Why it could not be read; what was read before stays. */
  get error(): BackendError | undefined {
    return this.#reading.error;
  }

  /** Reads it; once more when somebody asks while that is under way. */
  read(): Promise<void> {
    return this.#again.run(async () => {
      this.value = (await this.#reading.run(this.#ask)) ?? this.value;
    });
  }

  /** Changes something; the answer is the new list. Says whether it was done. */
  async change(work: () => Promise<T>): Promise<boolean> {
    const value = await this.changing.run(work);
    if (value === undefined) return false;
    this.value = value;
    return true;
  }
}
