import { call, type DueView, type EraseCopy } from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';
import { Attempt, notices } from '../../shared/index.ts';
import { Saving } from '../records/index.ts';

/** A manager decides about what was kept long enough. */
export class Clearing {
  /** What is being asked before it happens. */
  asking = $state<'erase' | 'keep' | undefined>();
  months = $state('12');
  why = $state('');
  readonly erasing = new Attempt();
  readonly keeping = new Saving();
  #ticked = $state.raw<ReadonlySet<string>>(new Set());
  readonly #due: () => readonly DueView[];

  constructor(due: () => readonly DueView[]) {
    this.#due = due;
  }

  /** What a manager may decide about here. */
  readonly may: readonly DueView[] = $derived.by(() => this.#due().filter(({ may }) => may));

  /** What is ticked and still due. */
  readonly chosen: readonly DueView[] = $derived.by(() =>
    this.may.filter(({ record }) => this.#ticked.has(record.id)),
  );

  /** How much goes along with what is ticked. */
  readonly along: number = $derived(this.chosen.reduce((sum, { along }) => sum + along, 0));

  /** Copies in other spaces that go along, and those that are for others to erase. */
  readonly copies: readonly EraseCopy[] = $derived.by(() =>
    this.chosen.flatMap(({ copies }) => copies),
  );
  readonly staying: readonly EraseCopy[] = $derived.by(() => this.copies.filter(({ may }) => !may));

  ticked(id: string): boolean {
    return this.#ticked.has(id);
  }

  tick(id: string, on: boolean): void {
    const ticked = new Set(this.#ticked);
    if (on) ticked.add(id);
    else ticked.delete(id);
    this.#ticked = ticked;
  }

  /** Ticks all, or none when all are. */
  all(): void {
    const every = this.chosen.length === this.may.length;
    this.#ticked = new Set(every ? [] : this.may.map(({ record }) => record.id));
  }

  ask(what: 'erase' | 'keep'): void {
    this.why = '';
    this.erasing.error = this.keeping.error = undefined;
    this.asking = what;
  }

  stop(): void {
    this.asking = undefined;
  }

  async erase(): Promise<void> {
    const erased = await this.erasing.run(() => call('retention_carry_out', { ids: this.#ids }));
    if (!erased) return;
    this.stop();
    const done = t.retention.carriedOut(erased.erased);
    const { length: left } = erased.left;
    notices.say(left === 0 ? done : `${done}. ${t.retention.copiesLeft(left)}`);
  }

  async keep(): Promise<void> {
    const { why, months } = this;
    const saved = await this.keeping.save(
      () => call('retention_keep', { ids: this.#ids, months: Number(months), why: why.trim() }),
      t.retention.keptSaved,
    );
    if (saved) this.stop();
  }

  get #ids(): string[] {
    return this.chosen.map(({ record }) => record.id);
  }
}
