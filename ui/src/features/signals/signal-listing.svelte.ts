import {
  call,
  type SignalList,
  type SignalListQuery,
  type SignalRow,
  type SignalState,
} from '../../backend/index.ts';
import { WindowedRows } from '../records/index.ts';
import { openStates } from './moves.ts';

/** What the signals are narrowed to; no states means all open ones. */
export type SignalFilters = Omit<SignalListQuery, 'offset' | 'limit'>;

/** All open signals. */
export const allOpen: SignalFilters = {
  states: [],
  theme: null,
  neighbourhood: null,
  owner: null,
  text: '',
};

/** A window on the signals, the one that needs a move first. */
export class SignalListing {
  filters = $state.raw<SignalFilters>(allOpen);
  readonly rows = new WindowedRows<SignalRow, SignalList>((offset, limit) =>
    call('signal_list', { ...this.filters, offset, limit }),
  );

  constructor(filters: SignalFilters = allOpen) {
    this.filters = filters;
  }

  readonly filtered: boolean = $derived(
    this.filters.states.length > 0 ||
      this.filters.theme !== null ||
      this.filters.neighbourhood !== null ||
      this.filters.owner !== null ||
      this.filters.text.trim() !== '',
  );

  /** How many there are in a state, whatever states are shown. */
  count(state: SignalState): number {
    const counts = this.rows.answer?.states ?? [];
    return counts.find((one) => one.state === state)?.count ?? 0;
  }

  get openCount(): number {
    return openStates.reduce((sum, state) => sum + this.count(state), 0);
  }

  async narrow(change: Partial<SignalFilters>): Promise<void> {
    this.filters = { ...this.filters, ...change };
    await this.rows.restart();
  }

  /** Shows this state alone, or all open ones when it was shown alone. */
  async toggle(state: SignalState): Promise<void> {
    const alone = this.filters.states.length === 1 && this.filters.states[0] === state;
    await this.narrow({ states: alone ? [] : [state] });
  }
}
