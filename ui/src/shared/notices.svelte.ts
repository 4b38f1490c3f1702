import { BackendError } from '../backend/index.ts';
import { describeError } from '../i18n/index.ts';

/** A line at the bottom that says what was done, with a way back. */
export interface Notice {
  id: number;
  text: string;
  /** Takes it back; the line then offers "Ongedaan maken". */
  undo: (() => Promise<void> | void) | undefined;
  /** It did not work. */
  failed: boolean;
}

/** Long enough to read, doubt and reach the button. */
const STAYS_MS = 12_000;

class Notices {
  current = $state.raw<Notice | undefined>();
  #next = 1;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Shows a line; a newer one takes its place. */
  say(text: string, undo?: Notice['undo']): void {
    this.#show({ text, undo, failed: false });
  }

  /** Says why something did not work, where no screen waits for it. */
  fail(cause: unknown): void {
    const { text } = describeError(BackendError.from(cause));
    this.#show({ text, undo: undefined, failed: true });
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

  /** Takes it back; what could not be taken back is said on the same line. */
  async undo(): Promise<void> {
    const undo = this.current?.undo;
    this.dismiss();
    try {
      await undo?.();
    } catch (cause) {
      this.fail(cause);
    }
  }

  #show(notice: Omit<Notice, 'id'>): void {
    this.current = { id: this.#next++, ...notice };
    this.resume();
  }
}

/** The line at the bottom, the same for everyone who has something to say. */
export const notices = new Notices();
