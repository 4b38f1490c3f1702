/**
 * Runs the latest task when calls pause for `wait` milliseconds, and during an unbroken stream of
 * calls at least every `longest` milliseconds.
 */
export class Pause {
  readonly #wait: number;
  readonly #longest: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #task: (() => void) | undefined;
  #since = 0;

  constructor(wait: number, longest = Infinity) {
    this.#wait = wait;
    this.#longest = longest;
  }

  run(task: () => void): void {
    if (!this.#task) this.#since = Date.now();
    this.#task = task;
    clearTimeout(this.#timer);
    const left = this.#since + this.#longest - Date.now();
    this.#timer = setTimeout(
      () => {
        this.flush();
      },
      Math.max(0, Math.min(this.#wait, left)),
    );
  }

  /** Runs a waiting task now. */
  flush(): void {
    const task = this.#task;
    this.cancel();
    task?.();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#task = undefined;
  }
}
