import type { Signal, SignalKind } from '../../backend/index.ts';
import { referenceId, referenceIds } from '../records/index.ts';

/** The fields of a signal that are edited as a form; its state, owner and dates have verbs. */
export interface SignalFields {
  title: string;
  signal_kind: SignalKind | null;
  theme: string;
  neighbourhood: string;
  reporters: string[];
  about: string;
}

export function signalFields(signal: Signal): SignalFields {
  return {
    title: signal.title,
    signal_kind: signal.signal_kind,
    theme: referenceId(signal.theme) ?? '',
    neighbourhood: referenceId(signal.neighbourhood) ?? '',
    reporters: referenceIds(signal.reporters),
    about: signal.about,
  };
}

export const noSignal: SignalFields = {
  title: '',
  signal_kind: null,
  theme: '',
  neighbourhood: '',
  reporters: [],
  about: '',
};
