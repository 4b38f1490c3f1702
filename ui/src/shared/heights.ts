/**
 * Where each row of a long list stands, while most rows were never drawn.
 *
 * A row that was not measured yet counts as the average of those that were, so a list of 10,000
 * rows has a believable scroll bar from the start and text of any size fits.
 */
export class Heights {
  #measured: (number | undefined)[] = [];
  #offsets: number[] = [];
  #sum = 0;
  #known = 0;
  #stale = true;
  readonly #estimate: number;

  constructor(estimate: number) {
    this.#estimate = estimate;
  }

  get count(): number {
    return this.#measured.length;
  }

  set count(count: number) {
    if (count === this.#measured.length) return;
    for (const height of this.#measured.slice(count)) {
      if (height === undefined) continue;
      this.#sum -= height;
      this.#known -= 1;
    }
    this.#measured.length = count;
    this.#stale = true;
  }

  /** Keeps what was measured; says whether that is news. */
  measure(index: number, height: number): boolean {
    // A row in a hidden list has no height; that says nothing.
    if (height <= 0 || index >= this.count) return false;
    const before = this.#measured[index];
    if (before !== undefined && Math.abs(before - height) < 0.5) return false;
    this.#sum += height - (before ?? 0);
    if (before === undefined) this.#known += 1;
    this.#measured[index] = height;
    this.#stale = true;
    return true;
  }

  get total(): number {
    return this.top(this.count);
  }

  /** How far below the beginning of the list this row begins. */
  top(index: number): number {
    return this.#tops()[Math.min(index, this.count)] ?? 0;
  }

  /** The row that stands at this distance from the beginning. */
  at(offset: number): number {
    const tops = this.#tops();
    let low = 0;
    let high = Math.max(0, this.count - 1);
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((tops[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #tops(): readonly number[] {
    if (!this.#stale) return this.#offsets;
    const usual = this.#known > 0 ? this.#sum / this.#known : this.#estimate;
    const offsets = new Array<number>(this.count + 1);
    let top = 0;
    for (let index = 0; index < this.count; index += 1) {
      offsets[index] = top;
      top += this.#measured[index] ?? usual;
    }
    offsets[this.count] = top;
    this.#offsets = offsets;
    this.#stale = false;
    return offsets;
  }
}
