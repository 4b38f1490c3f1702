import { expect, test } from 'vitest';
import { placesToWrite, whereTo, type Place } from './where.ts';

function space(id: string, role: string, isDefault = false): Place {
  return { id, name: id, kind: 'team', role, default: isDefault };
}

test('nothing is asked while there is only one place to write', () => {
  expect(placesToWrite([])).toEqual([]);
  expect(placesToWrite([space('team', 'writer', true), space('kaart', 'reader')])).toEqual([]);
});

test('a note goes to the usual place unless another one was tapped', () => {
  const places = placesToWrite([space('team', 'manager', true), space('mij', 'writer')]);
  expect(places.map(({ id }) => id)).toEqual(['team', 'mij']);
  expect(whereTo(places, undefined)).toBe('team');
  expect(whereTo(places, 'mij')).toBe('mij');
});

test('a place that was lost meanwhile is chosen no more', () => {
  const places = placesToWrite([space('team', 'writer', true), space('mij', 'writer')]);
  expect(whereTo(places, 'weg')).toBe('team');
  expect(whereTo([], 'mij')).toBeUndefined();
});
