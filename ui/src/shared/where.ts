import type { SpaceView } from '../backend/index.ts';
import { mayWrite } from './space.ts';

/** A space that something new can go to. */
export type Place = Pick<SpaceView, 'id' | 'name' | 'kind' | 'role' | 'default'>;

/** Where something new can go; empty when there is nothing to choose. */
export function placesToWrite(spaces: readonly Place[]): Place[] {
  const writable = spaces.filter(mayWrite);
  return writable.length > 1 ? writable : [];
}

/** Where it goes: what was chosen, as long as it can be written to, else the usual place. */
export function whereTo(places: readonly Place[], chosen: string | undefined): string | undefined {
  const found = places.find(({ id }) => id === chosen) ?? places.find((place) => place.default);
  return found?.id;
}
