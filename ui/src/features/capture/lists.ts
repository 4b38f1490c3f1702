import type { PlaceKind, SignalKind } from '../../backend/index.ts';

/** The kinds of signal, the most told first. */
export const signalKinds = [
  'problem',
  'idea',
  'strength',
  'question',
  'complaint',
] as const satisfies readonly SignalKind[];

/** The places, those where most notes begin first. */
export const places = [
  'school_gate',
  'street',
  'park',
  'shop',
  'community_centre',
  'home_visit',
  'street_activity',
  'service_centre',
  'phone',
  'online',
  'other',
] as const satisfies readonly PlaceKind[];

/** The places that are shown before "more". */
export const nearPlaces = 5;
