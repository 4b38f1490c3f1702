import { call } from '../../backend/index.ts';
import { changedFields, overtaken, rebased, seen } from './patch.ts';
import { Saving } from './saving.svelte.ts';

/** A record while someone edits it: what was there, what is typed, and what is sent. */
export class RecordForm<T extends object> {
  /** What is typed so far. */
  draft = $state() as T;
  /** Fields in hand that a colleague changed meanwhile. */
  overtaken = $state.raw<readonly string[]>([]);
  readonly saving = new Saving();

  readonly #kind: string;
  readonly #id: string | null;
  #base: T;
  /** What was there when they began, of the fields in hand. */
  #seen: Map<string, unknown>;

  /** Edits a record, or with `id` null makes a new one. */
  constructor(kind: string, id: string | null, fields: T) {
    this.#kind = kind;
    this.#id = id;
    this.#base = id === null ? ({} as T) : fields;
    this.#seen = new Map(Object.entries(fields));
    this.draft = structuredClone(fields);
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
    if (this.#id !== null && Object.keys(fields).length === 0) return this.#id;
    const saved = await this.saving.save(
      () => call('record_put', { kind: this.#kind, id: this.#id, fields, ...this.#seenIn(fields) }),
      said,
    );
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

  get #typed(): T {
    // A record is plain values all the way down, so its snapshot has the same type.
    return $state.snapshot<object>(this.draft) as T;
  }
}
