import { expect, test } from 'vitest';
import type { SyncStatus } from '../../backend/index.ts';
import { chipWords } from './status.svelte.ts';

const now = new Date('2026-11-23T15:00:00Z');
const calm: SyncStatus = {
  state: 'up_to_date',
  last_success: '2026-11-23T14:57:00Z',
  since: null,
  unsent: 0,
  refused: 0,
  progress: null,
  problem: null,
  server: 'sync.example.org',
  clock_skew: null,
};

test('the chip says when everything was exchanged', () => {
  expect(chipWords(calm, now).text).toBe('Bijgewerkt, 15:57');
  const earlier = { ...calm, last_success: '2026-11-22T14:57:00Z' };
  expect(chipWords(earlier, now).text).toBe('Bijgewerkt, gisteren 15:57');
});

test('the chip tells what waits, also while there is no connection', () => {
  expect(chipWords({ ...calm, state: 'waiting', unsent: 3 }, now).text).toBe(
    '3 nog niet verzonden',
  );
  const offline: SyncStatus = {
    ...calm,
    state: 'offline',
    since: '2026-11-23T08:12:00Z',
    unsent: 3,
  };
  expect(chipWords(offline, now)).toMatchObject({
    text: 'Offline sinds 09:12',
    more: '3 nog niet verzonden',
  });
  expect(chipWords({ ...offline, unsent: 0 }, now).more).toBeUndefined();
});

test('while a lot is being sent, what is left counts down', () => {
  const busy: SyncStatus = { ...calm, state: 'busy', unsent: 4_200 };
  expect(chipWords(busy, now)).toMatchObject({ icon: 'sync', more: '4.200 nog niet verzonden' });
});

test('the first sync shows how far it is', () => {
  const first: SyncStatus = { ...calm, state: 'first', progress: { done: 2_034, total: 5_085 } };
  expect(chipWords(first, now).text).toBe('Eerste keer ophalen, 40 %');
  expect(chipWords({ ...first, progress: null }, now).text).toBe('Eerste keer ophalen, 0 %');
});

test('a refused change comes before all that goes by itself', () => {
  const refused: SyncStatus = { ...calm, state: 'busy', refused: 1 };
  expect(chipWords(refused, now)).toMatchObject({ text: '1 geweigerd', tone: 'serious' });
});
