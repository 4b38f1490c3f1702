import type { RecordRef } from '../../backend/index.ts';

/** Something that may go along with a record. */
interface Companion {
  record: RecordRef;
  may: boolean;
}

/** What goes along with a record: everything that may, except what the person lets stay. */
export class Along {
  readonly #all: () => readonly Companion[];
  #stays = $state.raw<ReadonlySet<string>>(new Set());

  constructor(all: () => readonly Companion[]) {
    this.#all = all;
  }

  /** Ids of what goes along. */
  get ids(): string[] {
    return this.#all()
      .filter(({ record, may }) => may && !this.#stays.has(record.id))
      .map(({ record }) => record.id);
  }

  goes(id: string): boolean {
    return this.ids.includes(id);
  }

  let(id: string, goes: boolean): void {
    const stays = new Set(this.#stays);
    if (goes) stays.delete(id);
    else stays.add(id);
    this.#stays = stays;
  }
}
