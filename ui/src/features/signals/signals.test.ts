import { expect, test } from 'vitest';
import type { SignalState } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { addDays, today } from '../../i18n/index.ts';
import { Closing } from './closing.svelte.ts';
import { isOpen, movesFrom, openStates } from './moves.ts';
import { SignalActions } from './signal-actions.svelte.ts';
import { SignalListing } from './signal-listing.svelte.ts';

const saved = { id: 's1', undo: 'u1', records: [] };

test('a signal is not closed without the answer whether the person who told it knows', () => {
  const closing = new Closing('solved');
  expect(closing.ready).toBe(false);
  closing.told = 'yes';
  expect(closing.ready).toBe(true);
  expect(closing.request('s1')).toEqual({
    id: 's1',
    state: 'solved',
    reason: '',
    told: 'yes',
    tell_on: null,
  });
});

test('still to tell asks for a day', () => {
  const closing = new Closing('solved');
  closing.told = 'to_do';
  expect(closing.request('s1')).toBeUndefined();
  closing.tellOn = '2026-11-24';
  expect(closing.request('s1')?.tell_on).toBe('2026-11-24');
});

test('a day chosen before "was anonymous" is not sent', () => {
  const closing = new Closing('solved');
  closing.told = 'to_do';
  closing.tellOn = '2026-11-24';
  closing.told = 'anonymous';
  expect(closing.request('s1')?.tell_on).toBeNull();
});

test('not picking up needs its reason', () => {
  const closing = new Closing('not_picked_up');
  closing.told = 'anonymous';
  closing.reason = '  ';
  expect(closing.ready).toBe(false);
  closing.reason = 'Hoort bij de gemeente';
  expect(closing.request('s1')?.reason).toBe('Hoort bij de gemeente');
});

test('every open state can be closed, a closed one only reopened', () => {
  for (const state of openStates)
    expect(movesFrom(state)).toEqual(expect.arrayContaining(['solve', 'not_pick_up']));
  for (const state of ['solved', 'not_picked_up'] satisfies SignalState[]) {
    expect(isOpen(state)).toBe(false);
    expect(movesFrom(state)).toEqual(['reopen']);
  }
});

test('reopening gives a next date and takes back how it ended', async () => {
  const backend = new FakeBackend({ record_put: () => saved });
  await new SignalActions('s1').move('reopen');
  expect(backend.calls[0]?.args).toEqual({
    kind: 'signal',
    id: 's1',
    fields: {
      state: 'reopened',
      next: addDays(today(), 7),
      reason: null,
      told: null,
      closed_at: null,
    },
  });
});

test('handing over keeps the owner, picking up again lets the organisation go', async () => {
  const backend = new FakeBackend({ record_put: () => saved });
  const actions = new SignalActions('s1');
  await actions.handOver('o1');
  await actions.move('pick_up');
  expect(backend.calls.map(({ args }) => (args as { fields: unknown }).fields)).toEqual([
    { state: 'handed_over', handed_to: 'o1' },
    { state: 'picked_up', handed_to: null },
  ]);
});

test('handing over to an unknown organisation makes it first', async () => {
  const backend = new FakeBackend({
    record_put: ({ kind }) => ({ ...saved, id: kind === 'organisation' ? 'o9' : 's1' }),
  });
  await new SignalActions('s1').handOverToNew('Woningcorporatie');
  expect(backend.calls.map(({ args }) => args)).toEqual([
    { kind: 'organisation', id: null, fields: { name: 'Woningcorporatie' } },
    { kind: 'signal', id: 's1', fields: { state: 'handed_over', handed_to: 'o9' } },
  ]);
});

test('states are counted whatever is shown, and tapping a state twice shows all open ones', async () => {
  const backend = new FakeBackend({
    signal_list: () => ({
      total: 0,
      rows: [],
      states: [
        { state: 'new', count: 3 },
        { state: 'picked_up', count: 2 },
        { state: 'solved', count: 9 },
      ],
    }),
  });
  const listing = new SignalListing();
  await listing.toggle('new');
  expect(backend.calls.at(-1)?.args).toMatchObject({ states: ['new'] });
  expect(listing.count('solved')).toBe(9);
  expect(listing.openCount).toBe(5);
  await listing.toggle('new');
  expect(backend.calls.at(-1)?.args).toMatchObject({ states: [] });
});
