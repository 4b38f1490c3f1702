import { expect, test } from 'vitest';
import type { Lists } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { Finder } from './finder.svelte.ts';
import { FollowUpActions } from './follow-up.svelte.ts';
import { fieldInWords, stepsInWords } from './history.ts';
import { Names } from './names.svelte.ts';
import { namedRecords, newestFirst } from './record-list.svelte.ts';
import { asValue, likelyLink, linkChoices, linkOf, relationFields } from './relation.ts';

const saved = { id: 'f1', undo: 'u1', records: [] };
const member = '0193a000-0000-7000-8000-000000000001';
const elsewhere = '0193a000-0000-7000-8000-000000000002';
const mark = { unsent: false, conflict: false, refused: false };

test('what came of a follow-up may stay empty', async () => {
  const backend = new FakeBackend({ follow_up_done: () => saved });
  await new FollowUpActions('f1').done('  ');
  expect(backend.calls[0]?.args).toEqual({ id: 'f1', outcome: '' });
});

test('a link read from the other end puts the other first', () => {
  const link = linkOf(asValue({ kind: 'parent_of', outgoing: false }));
  expect(relationFields(link, 'sami', 'fatima', ' ')).toEqual({
    from: 'fatima',
    to: 'sami',
    relation_kind: 'parent_of',
  });
});

test('a mutual link can be chosen once, a directed one from both ends', () => {
  const labels = linkChoices().map(({ label }) => label);
  expect(labels.filter((label) => label === 'buur van')).toHaveLength(1);
  expect(labels).toEqual(expect.arrayContaining(['ouder van', 'kind van']));
  expect(likelyLink('contact', 'organisation')).toEqual({ kind: 'works_at', outgoing: true });
});

test('history says in words who changed what, newest first', () => {
  const lists: Lists = {
    themes: [],
    neighbourhoods: [],
    people: [{ member, name: 'Yusuf', me: false }],
    streets: [],
  };
  const steps = stepsInWords(
    'signal',
    [
      { author: 'Sanne', at: '2026-11-20T09:00:00Z', changed: { title: 'Oversteek' } },
      {
        author: 'Yusuf',
        at: '2026-11-21T09:00:00Z',
        changed: { state: 'picked_up', owner: member, theme: elsewhere, reason: null },
      },
    ],
    lists,
  );
  expect(steps.map(({ author, made }) => [author, made])).toEqual([
    ['Yusuf', false],
    ['Sanne', true],
  ]);
  expect(steps[0]?.changes).toEqual([
    { field: 'status', value: 'opgepakt' },
    { field: 'eigenaar', value: 'Yusuf' },
    { field: 'thema', value: 'veranderd' },
    { field: 'reden', value: 'leeggemaakt' },
  ]);
  expect(fieldInWords('ways/k1/value')).toBe('nummer of adres');
});

test('names are asked once each, and one that is gone has none', async () => {
  const backend = new FakeBackend({
    record_name: ({ id }) => ({ id, kind: 'contact', title: `Contact ${id}` }),
  });
  const names = new Names();
  await names.ask(['a', 'b']);
  await names.ask(['a', 'b']);
  expect(backend.calls).toHaveLength(2);
  expect(names.of(['b', 'a', 'c']).map(({ title }) => title)).toEqual(['Contact b', 'Contact a']);
});

function view(id: string, title = id): Awaited<ReturnType<typeof namedRecords>>[number] {
  return { id, kind: 'note', title, space: '', fields: {}, mark, author: '', made_at: '' };
}

test('organisations stand A to Z, in all pages', async () => {
  const all = ['Zuid', 'École', 'Buurthuis'].map((title) => view(title));
  new FakeBackend({
    record_list: ({ offset }) => ({ total: 3, rows: all.slice(offset, offset + 2) }),
  });
  expect((await namedRecords('organisation')).map(({ title }) => title)).toEqual([
    'Buurthuis',
    'École',
    'Zuid',
  ]);
});

test('notes come newest first, although the app counts from the oldest', async () => {
  const all = Array.from({ length: 250 }, (_, at) => view(`n${at}`));
  new FakeBackend({
    record_list: ({ offset, limit }) => ({ total: 250, rows: all.slice(offset, offset + limit) }),
  });
  const list = newestFirst('note');
  await list.show(0, 10);
  await list.show(240, 249);
  expect(list.row(0)?.id).toBe('n249');
  expect(list.row(249)?.id).toBe('n0');
});

test('a finder says "nothing" only about the words that were answered', async () => {
  new FakeBackend({ search: () => [] });
  const finder = new Finder({ kinds: ['organisation'] });
  const asked = finder.type('school');
  expect(finder.looking).toBe(true);
  await asked;
  expect(finder.looking).toBe(false);
});
