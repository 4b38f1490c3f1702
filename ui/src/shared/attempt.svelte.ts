import { untrack } from 'svelte';
import { BackendError } from '../backend/index.ts';

/** One thing a person asked for: whether it is under way, and how it was refused. */
export class Attempt {
  busy = $state(false);
  error = $state.raw<BackendError | undefined>();

  /** Runs it, once at a time. Answers `undefined` when it was refused; `error` then says why. */
  async run<T>(work: () => Promise<T>): Promise<T | undefined> {
    // An effect that begins an attempt must not begin it anew when it ends.
    if (untrack(() => this.busy)) return undefined;
    this.busy = true;
    this.error = undefined;
    try {
      return await work();
    } catch (cause) {
      this.error = BackendError.from(cause);
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}
