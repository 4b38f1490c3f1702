import { BackendError } from '../../backend/index.ts';

/** What a window of a long list answers. */
export interface Window<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

/**
 * A list too long to hold: only the rows in sight (and their neighbours) are asked for.
 *
 * Rows stay until newer ones are there, so that nothing flickers; an answer to an earlier
 * question is dropped.
 */
export class WindowedRows<Row, Answer extends Window<Row> = Window<Row>> {
  /** What came with the newest answer besides the rows: letters, counts. */
  answer = $state.raw<Answer | undefined>();
  error = $state.raw<BackendError | undefined>();
  /** True until the first answer (or error) has come. */
  loading = $state(true);
  /** Goes up when the list starts over, so that the screen goes back to its top. */
  started = $state(0);
  readonly total = $derived(this.answer?.total ?? 0);

  readonly #ask: (offset: number, limit: number) => Promise<Answer>;
  #pages = $state.raw<ReadonlyMap<number, readonly Row[]>>(new Map());
  #asked = new Set<number>();
  #turn = 0;
  #first = 0;
  #last = 0;
  #underWay: Promise<void> | undefined;
  #again = false;

  constructor(ask: (offset: number, limit: number) => Promise<Answer>) {
    this.#ask = ask;
  }

  /** The row at this place, if it is here already. */
  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Where the row is that passes the test, if it is here already. */
  find(test: (row: Row) => boolean): number | undefined {
    for (const [page, rows] of this.#pages) {
      const at = rows.findIndex(test);
      if (at >= 0) return page * PAGE + at;
    }
    return undefined;
  }

  /** These rows are in sight now: asks for those that are missing. */
  async show(first: number, last: number): Promise<void> {
    this.#first = first;
    this.#last = last;
    await this.#askMissing();
  }

  /** Another question (a filter, a search): from the top. */
  async restart(): Promise<void> {
    this.#first = 0;
    this.#last = 0;
    this.started += 1;
    await this.#askAnew();
  }

  /**
   * Something changed: what is in sight is asked again, where the broker is, and the first page
   * with it, since that tells about the list as a whole.
   *
   * Many changes in a row (a sync page) cost at most one round more than the one under way.
   */
  async refresh(): Promise<void> {
    this.#again = true;
    this.#underWay ??= this.#refreshAll().finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  async #refreshAll(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      await this.#askAnew();
    }
  }

  async #askAnew(): Promise<void> {
    this.#turn += 1;
    this.#asked = new Set();
    await Promise.all([this.#askPage(0), this.#askMissing()]);
  }

  async #askMissing(): Promise<void> {
    const pages: Promise<void>[] = [];
    for (let page = Math.floor(this.#first / PAGE); page <= Math.floor(this.#last / PAGE); page++) {
      if (!this.#asked.has(page)) pages.push(this.#askPage(page));
    }
    await Promise.all(pages);
  }

  async #askPage(page: number): Promise<void> {
    const turn = this.#turn;
    const asked = this.#asked;
    asked.add(page);
    try {
      const answer = await this.#ask(page * PAGE, PAGE);
      if (turn === this.#turn) this.#take(page, answer);
    } catch (cause) {
      asked.delete(page);
      if (turn === this.#turn) this.error = BackendError.from(cause);
    }
    if (turn === this.#turn) this.loading = false;
  }

  #take(page: number, answer: Answer): void {
    // Of an earlier question, what is not asked again yet is out of date.
    const kept = [...this.#pages].filter(([at]) => this.#asked.has(at));
    this.#pages = new Map([...kept, [page, answer.rows]]);
    this.answer = answer;
    this.error = undefined;
  }
}

/** Rows asked for at once. */
const PAGE = 100;
