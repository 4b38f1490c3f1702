import type { SignalState } from '../../backend/index.ts';

/** What can be done with a signal, as verbs on buttons. */
export type Move = 'discuss' | 'pick_up' | 'hand_over' | 'solve' | 'not_pick_up' | 'reopen';

/** Solved and not picked up are the end; every other state asks for a next date. */
export function isOpen(state: SignalState): boolean {
  return state !== 'solved' && state !== 'not_picked_up';
}

/** The states in which a signal is open, in the order in which they follow each other. */
export const openStates = ['new', 'reopened', 'discussed', 'picked_up', 'handed_over'] as const;

/** The states in which a signal is closed. */
export const closedStates = ['solved', 'not_picked_up'] as const;

/** The moves that make sense from a state, the likely one first. */
export function movesFrom(state: SignalState): Move[] {
  switch (state) {
    case 'new':
    case 'reopened':
      return ['discuss', 'pick_up', 'hand_over', 'solve', 'not_pick_up'];
    case 'discussed':
      return ['pick_up', 'hand_over', 'solve', 'not_pick_up'];
    case 'picked_up':
      return ['solve', 'hand_over', 'not_pick_up'];
    case 'handed_over':
      return ['solve', 'pick_up', 'not_pick_up'];
    case 'solved':
    case 'not_picked_up':
      return ['reopen'];
  }
}

/** The fields that change with the moves which ask nothing more. */
export function plainMove(
  move: 'discuss' | 'pick_up' | 'reopen',
  inAWeek: string,
): Record<string, unknown> {
  switch (move) {
    case 'discuss':
      return { state: 'discussed' };
    case 'pick_up':
      return { state: 'picked_up', handed_to: null };
    case 'reopen':
      // Open again: a next date, and how it ended no longer holds. The history keeps it.
      return { state: 'reopened', next: inAWeek, reason: null, told: null, closed_at: null };
  }
}
