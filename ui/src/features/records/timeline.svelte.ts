import { BackendError, call, type Timeline, type TimelineItem } from '../../backend/index.ts';

/** What happened with someone or something, newest first: the page brings the first part. */
export class TimelineParts {
  loading = $state(false);
  error = $state.raw<BackendError | undefined>();

  #of: () => { id: string; timeline: Timeline } | undefined = () => undefined;
  #more = $state.raw<readonly TimelineItem[]>([]);
  #shown = $state(FEW);

  constructor(of: () => { id: string; timeline: Timeline } | undefined) {
    this.#of = of;
  }

  /** All that is here; the newest answer counts, and nothing stands here twice. */
  readonly #all: readonly TimelineItem[] = $derived.by(() => {
    const first = this.#of()?.timeline.items ?? [];
    const ids = new Set(first.map(({ id }) => id));
    return [...first, ...this.#more.filter(({ id }) => !ids.has(id))];
  });

  /** What is shown: a few at first, so that the rest of the page is in reach. */
  readonly items: readonly TimelineItem[] = $derived(this.#all.slice(0, this.#shown));

  /** How many are not shown yet, here or to be fetched. */
  readonly left: number = $derived(
    Math.max(this.#of()?.timeline.total ?? 0, this.#all.length) - this.items.length,
  );

  async more(): Promise<void> {
    this.#shown += STEP;
    const page = this.#of();
    const offset = this.#all.length;
    if (!page || this.loading || offset >= page.timeline.total || offset >= this.#shown) return;
    this.loading = true;
    this.error = undefined;
    try {
      const { items } = await call('timeline_get', { id: page.id, offset, limit: STEP });
      // All of it, so that what a newer item pushes off the first part stays in sight.
      this.#more = [...this.#all, ...items];
    } catch (cause) {
      this.error = BackendError.from(cause);
      this.#shown -= STEP;
    } finally {
      this.loading = false;
    }
  }
}

const FEW = 8;
const STEP = 50;
