import { Heights } from './heights.ts';

/** The rows that are drawn, where they begin, and how long the whole list is, in pixels. */
export interface Drawn {
  from: number;
  to: number;
  top: number;
  total: number;
}

/** A row that must be in sight: just anywhere, or at the top. */
interface Aim {
  index: number;
  how: 'nearest' | 'top';
}

/** Rows drawn beyond what is in sight, so that a quick thumb sees no holes. */
const AROUND = 6;
/** What a row is taken to need before any was measured, in pixels. */
const GUESS = 72;

/**
 * The piece of a long list that is drawn. It scrolls with the nearest `data-scroller`, measures
 * each row once it is drawn, and keeps what is in sight in its place while it learns.
 */
export class ListWindow {
  drawn = $state.raw<Drawn>({ from: 0, to: 12, top: 0, total: 0 });
  readonly #heights = new Heights(GUESS);
  readonly #onrange: (from: number, to: number) => void;
  readonly #rows: ResizeObserver;
  #list: HTMLElement | undefined;
  #aim: Aim | undefined;

  constructor(onrange: (from: number, to: number) => void) {
    this.#onrange = onrange;
    this.#rows = new ResizeObserver((entries) => this.#measure(entries));
  }

  set count(count: number) {
    this.#heights.count = count;
    this.#look();
  }

  /** Follows the scroller of this list until the returned function is called. */
  attach(list: HTMLElement): () => void {
    this.#list = list;
    const frame = this.#frame();
    let waiting = 0;
    const soon = (): void => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => this.#look());
    };
    const release = (): void => {
      this.#aim = undefined;
    };
    const size = new ResizeObserver(soon);
    size.observe(frame);
    frame.addEventListener('scroll', soon, { passive: true });
    // Before the keys of the list itself are heard, which may aim anew.
    const first = { passive: true, capture: true };
    for (const own of OWN_MOVES) frame.addEventListener(own, release, first);
    this.#look();
    return () => {
      cancelAnimationFrame(waiting);
      size.disconnect();
      frame.removeEventListener('scroll', soon);
      for (const own of OWN_MOVES) frame.removeEventListener(own, release, first);
      this.#list = undefined;
    };
  }

  /** Measures a row for as long as it is drawn; an attachment. */
  readonly row = (node: HTMLElement): (() => void) => {
    this.#rows.observe(node);
    return () => {
      this.#rows.unobserve(node);
    };
  };

  /** Brings a row in sight, and keeps it there while the rows around it are being measured. */
  bring(index: number, how: Aim['how'] = 'nearest'): void {
    this.#aim = { index, how };
    this.#place();
    this.#look();
    const { from, to } = this.drawn;
    // Wherever the scroller stands: the focus must have somewhere to go.
    if (index < from || index >= to) this.#draw(index - AROUND, index + AROUND + 1);
  }

  #frame(): HTMLElement {
    return this.#list?.closest<HTMLElement>('[data-scroller]') ?? document.documentElement;
  }

  /** How much of the list has gone out of sight above; negative while something stands above it. */
  #above(): number {
    if (!this.#list) return 0;
    return this.#frame().getBoundingClientRect().top - this.#list.getBoundingClientRect().top;
  }

  #look(): void {
    if (!this.#list) return;
    const above = Math.max(0, this.#above());
    const from = this.#heights.at(above);
    const to = this.#heights.at(above + this.#frame().clientHeight) + 1;
    this.#draw(from - AROUND, to + AROUND);
  }

  #draw(first: number, last: number): void {
    const from = Math.max(0, first);
    const to = Math.min(this.#heights.count, last);
    this.drawn = { from, to, top: this.#heights.top(from), total: this.#heights.total };
    if (to > from) this.#onrange(from, to);
  }

  #measure(entries: readonly ResizeObserverEntry[]): void {
    const above = this.#above();
    const anchor = this.#heights.at(Math.max(0, above));
    const before = this.#heights.top(anchor);
    let news = false;
    for (const { target } of entries) {
      const index = Number((target as HTMLElement).dataset['index']);
      news = this.#heights.measure(index, target.getBoundingClientRect().height) || news;
    }
    if (!news || !this.#list) return;
    // The list must have its new length before the scroller can go there.
    this.#list.style.blockSize = `${this.#heights.total}px`;
    if (this.#aim) this.#place();
    else if (above > 0) this.#frame().scrollTop += this.#heights.top(anchor) - before;
    this.#look();
  }

  /** Scrolls so that the row aimed at is in sight. */
  #place(): void {
    if (!this.#aim) return;
    const { index, how } = this.#aim;
    const frame = this.#frame();
    const begin = frame.scrollTop - this.#above();
    const top = begin + this.#heights.top(index);
    const bottom = begin + this.#heights.top(index + 1);
    // What stands still above the list (a row of letters) takes room from it.
    const still = Number.parseFloat(getComputedStyle(frame).scrollPaddingTop) || 0;
    if (how === 'top' || top < frame.scrollTop + still) {
      frame.scrollTop = index === 0 && how === 'nearest' ? 0 : top - still;
    } else if (bottom > frame.scrollTop + frame.clientHeight) {
      frame.scrollTop = bottom - frame.clientHeight;
    }
  }
}

/** After these the broker decides what is in sight. */
const OWN_MOVES = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;
