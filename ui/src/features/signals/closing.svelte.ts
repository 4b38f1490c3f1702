import type { ReporterTold, SignalClose } from '../../backend/index.ts';

/** How a signal ends. */
export type Ending = 'solved' | 'not_picked_up';

/** The answers that closing asks for. A signal is never closed without them. */
export class Closing {
  reason = $state('');
  told = $state<ReporterTold | undefined>();
  /** The day to tell them, when that is still to do. */
  tellOn = $state('');
  readonly ending: Ending;

  constructor(ending: Ending) {
    this.ending = ending;
  }

  /** What is not done counts too: it needs its reason. */
  readonly reasonNeeded: boolean = $derived.by(() => this.ending === 'not_picked_up');

  readonly ready: boolean = $derived(
    this.told !== undefined &&
      (this.told !== 'to_do' || this.tellOn !== '') &&
      (!this.reasonNeeded || this.reason.trim() !== ''),
  );

  /** The request, once every answer is there. */
  request(id: string): SignalClose | undefined {
    if (!this.ready || this.told === undefined) return undefined;
    return {
      id,
      state: this.ending,
      reason: this.reason.trim(),
      told: this.told,
      tell_on: this.told === 'to_do' ? this.tellOn : null,
    };
  }
}
