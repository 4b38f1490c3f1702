import {
  call,
  type Erase,
  type EraseCopy,
  type ErasePlan,
  type Erased,
  type MentionFate,
} from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';
import { Attempt } from '../../shared/index.ts';
import { Along } from './along.svelte.ts';

/** A person looks at what will be gone, chooses what goes along, and says yes. */
export class Erasing {
  readonly id: string;
  plan = $state.raw<ErasePlan | undefined>();
  readonly reading = new Attempt();
  readonly doing = new Attempt();
  /** What is only about it. */
  readonly along = new Along(() => this.plan?.only ?? []);
  #fates = $state.raw<ReadonlyMap<string, MentionFate>>(new Map());
  /** What is private stays, except these. */
  #private = $state.raw<ReadonlySet<string>>(new Set());

  constructor(id: string) {
    this.id = id;
  }

  async read(): Promise<void> {
    this.plan = (await this.reading.run(() => call('erase_plan', { id: this.id }))) ?? this.plan;
  }

  /** How many records will be gone. */
  get count(): number {
    const mentions = [...this.#fates.values()].filter((fate) => fate === 'erase');
    return 1 + this.along.ids.length + mentions.length;
  }

  /** Copies in other spaces of what goes, and of what the name goes out of. */
  get copies(): readonly EraseCopy[] {
    return (this.plan?.copies ?? []).filter(
      ({ of }) => of === this.id || this.along.goes(of) || this.fate(of) !== 'keep',
    );
  }

  fate(id: string): MentionFate {
    return this.#fates.get(id) ?? 'keep';
  }

  choose(id: string, fate: MentionFate): void {
    this.#fates = new Map(this.#fates).set(id, fate);
  }

  goesPrivately(id: string): boolean {
    return this.#private.has(id);
  }

  letPrivately(id: string, goes: boolean): void {
    const going = new Set(this.#private);
    if (goes) going.add(id);
    else going.delete(id);
    this.#private = going;
  }

  /** What was chosen. */
  get chosen(): Erase {
    return {
      id: this.id,
      also: this.along.ids,
      mentions: [...this.#fates].map(([id, fate]) => ({ id, fate })),
      private: [...this.#private],
      instead: t.redact.somebody,
    };
  }

  /** Answers what was erased, or nothing when it was refused. */
  async carryOut(): Promise<Erased | undefined> {
    return this.doing.run(() => call('erase_apply', this.chosen));
  }
}
