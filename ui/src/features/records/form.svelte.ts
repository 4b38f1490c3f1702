import { call } from '../../backend/index.ts';
import { Unsaved } from '../../shared/index.ts';
import { changedFields, equal, overtaken, rebased, seen } from './patch.ts';
import { Saving } from './saving.svelte.ts';

/** What is kept of a form: what was typed, and what stood there when they began. */
interface Typed {
  fields: Record<string, unknown>;
  seen: Record<string, unknown>;
}

/** A record while someone edits it: what was there, what is typed, and what is sent. */
export class RecordForm<T extends object> {
  /** What is typed so far. */
  draft = $state() as T;
  /** Fields in hand that a colleague changed meanwhile. */
  overtaken = $state.raw<readonly string[]>([]);
  /** Words of before stand here: typed, and not kept. */
  resumed = $state(false);
  readonly saving = new Saving();
  readonly unsaved: Unsaved;

  /** What was typed before is looked up; until then nothing may take its place. */
  #looked = $state(false);
  readonly #kind: string;
  readonly #id: string | null;
  #base: T;
  /** A new record before anything was typed. */
  readonly #empty: T;
  /** What was there when they began, of the fields in hand. */
  #seen: Map<string, unknown>;

  /** Edits a record, or with `id` null makes a new one. */
  constructor(kind: string, id: string | null, fields: T) {
    this.#kind = kind;
    this.#id = id;
    this.#base = id === null ? ({} as T) : fields;
    this.#seen = new Map(Object.entries(fields));
    this.draft = structuredClone(fields);
    this.#empty = structuredClone(fields);
    this.unsaved = new Unsaved(id ?? `new ${kind}`);
  }

  /** Puts back what was typed here before and not kept. */
  async resume(): Promise<void> {
    const text = await this.unsaved.read();
    if (text !== '' && this.#isUntouched) {
      const { fields, seen } = JSON.parse(text) as Typed;
      Object.assign(this.draft, fields);
      for (const [name, value] of Object.entries(seen)) this.#seen.set(name, value);
      this.resumed = !this.#isUntouched;
    }
    this.#looked = true;
  }

  /** Keeps what is typed so far; for use in an effect, so that it follows every letter. */
  remember(): void {
    const typed = Object.entries(this.#typed);
    const before = new Map<string, unknown>(
      Object.entries(this.#id === null ? this.#empty : this.#base),
    );
    if (!this.#looked) return;
    const changed = typed.filter(([name, value]) => !equal(value, before.get(name)));
    const kept: Typed = {
      fields: Object.fromEntries(changed),
      seen: Object.fromEntries(changed.map(([name]) => [name, this.#seen.get(name) ?? null])),
    };
    this.unsaved.keep(changed.length === 0 ? '' : JSON.stringify(kept));
  }

  /** Begins anew: what was typed goes. */
  async startOver(): Promise<void> {
    this.draft = structuredClone(this.#id === null ? this.#empty : this.#base);
    this.resumed = false;
    await this.unsaved.forget();
  }

  /** What differs from what was there. */
  get changes(): Record<string, unknown> {
    return changedFields(this.#base, this.#typed);
  }

  /** The record changed while it is being edited. */
  follow(newest: T): void {
    if (this.#id === null) return;
    const typed = this.#typed;
    this.overtaken = [...new Set([...this.overtaken, ...overtaken(this.#base, typed, newest)])];
    const opened = Object.fromEntries(this.#seen);
    this.#seen = new Map(Object.entries(seen(opened, this.#base, typed, newest) as object));
    this.draft = rebased(this.#base, typed, newest) as T;
    this.#base = structuredClone(newest);
  }

  /** Keeps it. Answers the record's id, or `undefined` when it was refused. */
  async save(said?: string): Promise<string | undefined> {
    const fields = this.changes;
    if (this.#id !== null && Object.keys(fields).length === 0) {
      await this.unsaved.forget();
      return this.#id;
    }
    const saved = await this.saving.save(
      () => call('record_put', { kind: this.#kind, id: this.#id, fields, ...this.#seenIn(fields) }),
      said,
    );
    if (saved) await this.unsaved.forget();
    return saved?.id;
  }

  /** Words for the field that was refused, to stand beside it. */
  refused(path: string, words: string): string | undefined {
    return this.saving.field === path ? words : undefined;
  }

  /** What they saw in the fields that are sent: nothing that arrived since is written over. */
  #seenIn(fields: Record<string, unknown>): { seen?: Record<string, unknown> } {
    if (this.#id === null) return {};
    const names = Object.keys(fields);
    return { seen: Object.fromEntries(names.map((name) => [name, this.#seen.get(name) ?? null])) };
  }

  get #isUntouched(): boolean {
    return equal(this.#typed, this.#id === null ? this.#empty : this.#base);
  }

  get #typed(): T {
    // A record is plain values all the way down, so its snapshot has the same type.
    return $state.snapshot<object>(this.draft) as T;
  }
}
