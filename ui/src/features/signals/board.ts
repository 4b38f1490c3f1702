import type { SignalState } from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';
import { closedStates } from './moves.ts';

/** A column of the board: states that ask for the same thing stand together. */
export interface Column {
  key: string;
  states: readonly SignalState[];
}

export const columns: readonly Column[] = [
  { key: 'new', states: ['new', 'reopened'] },
  { key: 'discussed', states: ['discussed'] },
  { key: 'picked_up', states: ['picked_up'] },
  { key: 'handed_over', states: ['handed_over'] },
  { key: 'closed', states: closedStates },
];

export function columnTitle({ key, states }: Column): string {
  const [first] = states;
  if (key === 'closed' || first === undefined) return t.signals.closed;
  return t.vocabulary.signalState[first];
}
