import { BackendError, call, type Timeline, type TimelineItem } from '../../backend/index.ts';

/** What happened with someone or something, newest first: the page brings the first part. */
export class TimelineParts {
  loading = $state(false);
  error = $state.raw<BackendError | undefined>();

  #of: () => { id: string; timeline: Timeline } | undefined = () => undefined;
  #more = $state.raw<{ of: string; items: readonly TimelineItem[] }>({ of: '', items: [] });

  constructor(of: () => { id: string; timeline: Timeline } | undefined) {
    this.#of = of;
  }

  /** All that is here so far; the newest answer counts, and nothing stands here twice. */
  readonly items: readonly TimelineItem[] = $derived.by(() => {
    const page = this.#of();
    if (!page) return [];
    const first = page.timeline.items;
    if (this.#more.of !== page.id) return first;
    const ids = new Set(first.map(({ id }) => id));
    return [...first, ...this.#more.items.filter(({ id }) => !ids.has(id))];
  });

  readonly left: number = $derived(
    Math.max(0, (this.#of()?.timeline.total ?? 0) - this.items.length),
  );

  async more(): Promise<void> {
    const page = this.#of();
    if (!page || this.loading || this.left === 0) return;
    this.loading = true;
    try {
      const offset = this.items.length;
      const { items } = await call('timeline_get', { id: page.id, offset, limit: STEP });
      // All of it, so that what a newer item pushes off the first part stays in sight.
      this.#more = { of: page.id, items: [...this.items, ...items] };
      this.error = undefined;
    } catch (cause) {
      this.error = BackendError.from(cause);
    } finally {
      this.loading = false;
    }
  }
}

const STEP = 50;
