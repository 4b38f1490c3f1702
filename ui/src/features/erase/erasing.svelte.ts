import { call, type ErasePlan, type Erased, type MentionFate } from '../../backend/index.ts';
import { Attempt } from '../../shared/index.ts';

/** A person looks at what will be gone, chooses what goes along, and says yes. */
export class Erasing {
  readonly id: string;
  plan = $state.raw<ErasePlan | undefined>();
  readonly reading = new Attempt();
  readonly doing = new Attempt();
  /** What is only about it goes along, except these. */
  #stays = $state.raw<ReadonlySet<string>>(new Set());
  #fates = $state.raw<ReadonlyMap<string, MentionFate>>(new Map());

  constructor(id: string) {
    this.id = id;
  }

  async read(): Promise<void> {
    this.plan = (await this.reading.run(() => call('erase_plan', { id: this.id }))) ?? this.plan;
  }

  /** Ids of what is only about it and goes along. */
  get also(): string[] {
    return (this.plan?.only ?? [])
      .filter(({ record, may }) => may && !this.#stays.has(record.id))
      .map(({ record }) => record.id);
  }

  /** How many records will be gone. */
  get count(): number {
    const mentions = [...this.#fates.values()].filter((fate) => fate === 'erase');
    return 1 + this.also.length + mentions.length;
  }

  goes(id: string): boolean {
    return this.also.includes(id);
  }

  let(id: string, goes: boolean): void {
    const stays = new Set(this.#stays);
    if (goes) stays.delete(id);
    else stays.add(id);
    this.#stays = stays;
  }

  fate(id: string): MentionFate {
    return this.#fates.get(id) ?? 'keep';
  }

  choose(id: string, fate: MentionFate): void {
    this.#fates = new Map(this.#fates).set(id, fate);
  }

  /** Answers what was erased, or nothing when it was refused. */
  async carryOut(): Promise<Erased | undefined> {
    const mentions = [...this.#fates].map(([id, fate]) => ({ id, fate }));
    return this.doing.run(() => call('erase_apply', { id: this.id, also: this.also, mentions }));
  }
}
