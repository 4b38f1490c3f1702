import { BackendError, call, type RecordRef } from '../../backend/index.ts';

/** Finds out what records are called, each once; one that is gone has no name. */
export class Names {
  #known = $state.raw<ReadonlyMap<string, RecordRef>>(new Map());
  readonly #asked = new Set<string>();

  /** The records that are known by now, in this order. */
  of(ids: readonly string[]): RecordRef[] {
    return ids.flatMap((id) => this.#known.get(id) ?? []);
  }

  /** A name that is known from elsewhere. */
  learn(record: RecordRef): void {
    this.#asked.add(record.id);
    this.#known = new Map([...this.#known, [record.id, record]]);
  }

  async ask(ids: readonly string[]): Promise<void> {
    await Promise.all(ids.filter((id) => !this.#asked.has(id)).map((id) => this.#askOne(id)));
  }

  async #askOne(id: string): Promise<void> {
    this.#asked.add(id);
    try {
      this.learn(await call('record_name', { id }));
    } catch (cause) {
      // One that is gone has no name; any other failure may be over the next time someone asks.
      if (BackendError.from(cause).code !== 'no_record') this.#asked.delete(id);
    }
  }
}
