import { call, type LegalBasis, type RefusalDone, type Remains } from '../../backend/index.ts';
import { Erasing } from './erasing.svelte.ts';

/** Somebody does not want to be recorded: what stays without them is looked over, and the rest goes. */
export class Refusing extends Erasing {
  /** Anonymous notes, as they will stay. */
  remains = $state<Remains[]>([]);
  otherBasis = $state.raw<LegalBasis | null>(null);

  override async read(): Promise<void> {
    const plan = await this.reading.run(() => call('refusal_plan', { id: this.id }));
    if (!plan) return;
    this.plan = plan.erase;
    this.remains = plan.remains;
    this.otherBasis = plan.other_basis;
  }

  /** The notes that stay: not the empty ones, and not those of which the original stays. */
  get staying(): Remains[] {
    return this.remains.filter(({ id, text }) => text.trim() !== '' && this.along.goes(id));
  }

  /** Answers what came of it, or nothing when it was refused. */
  async refuse(): Promise<RefusalDone | undefined> {
    const { chosen: erase, staying: remains } = this;
    return this.doing.run(() => call('refusal_apply', { erase, remains }));
  }
}
