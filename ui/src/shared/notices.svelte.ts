/** A line at the bottom that says what was done, with a way back. */
export interface Notice {
  id: number;
  text: string;
  /** Takes it back; the line then offers "Ongedaan maken". */
  undo: (() => Promise<void> | void) | undefined;
}

/** Long enough to read, doubt and reach the button. */
const STAYS_MS = 12_000;

class Notices {
  current = $state.raw<Notice | undefined>();
  #next = 1;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Shows a line; a newer one takes its place. */
  say(text: string, undo?: Notice['undo']): void {
    this.current = { id: this.#next++, text, undo };
    this.resume();
  }

  /** Keeps the line while someone is on it with pointer or keyboard. */
  hold(): void {
    clearTimeout(this.#timer);
  }

  resume(): void {
    this.hold();
    this.#timer = setTimeout(() => this.dismiss(), STAYS_MS);
  }

  dismiss(): void {
    this.hold();
    this.current = undefined;
  }

  async undo(): Promise<void> {
    const undo = this.current?.undo;
    this.dismiss();
    await undo?.();
  }
}

/** The line at the bottom, the same for everyone who has something to say. */
export const notices = new Notices();
