import { expect, test } from 'vitest';
import type { SearchHit } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { actions, meant } from './actions.ts';
import { Recent } from './recent.svelte.ts';
import { byKind } from './results.ts';
import { Searching } from './searching.svelte.ts';

const id = '0193a000-0000-7000-8000-00000000000';

function hit(kind: string, title: string, at = 1, detail = ''): SearchHit {
  return {
    id: `${id}${at}`,
    kind,
    title: [{ text: title, hit: true }],
    snippet: [],
    detail,
    mark: { unsent: false, conflict: false, refused: false },
  };
}

test('what is found stands under its kind and leads to its page', () => {
  const results = byKind(
    [
      hit('contact', 'Fatima', 1, 'Malakkastraat 6'),
      hit('contact', 'Fatma', 2),
      hit('signal', 'Oversteek', 3, 'picked_up'),
      hit('note', 'Gesprek', 4, '2026-11-24T09:00:00Z'),
      hit('relation', 'sinds het feest', 5),
    ],
    'fat',
  );
  expect(results.map(({ title, options }) => [title, options.length])).toEqual([
    ['Contacten', 2],
    ['Signalen', 1],
    ['Notities', 1],
  ]);
  expect(results.flatMap(({ options }) => options.map(({ href }) => href))).toEqual([
    `#/contacts/${id}1`,
    `#/contacts/${id}2`,
    `#/signals/${id}3`,
    `#/records/note/${id}4`,
  ]);
  expect(results[1]?.options[0]?.detail).toBe('opgepakt');
});

test('actions are found by the beginning of their words', () => {
  expect(meant(actions(), 'nie con').map(({ key }) => key)).toEqual(['newContact']);
  expect(meant(actions(), 'thema’s')).toEqual([]);
  expect(meant(actions(), '').length).toBe(actions().length);
});

test('people come before actions, and Enter opens the first', async () => {
  new FakeBackend({ search: () => [hit('contact', 'Nora')] });
  const searching = new Searching();
  await searching.type('no');
  expect(searching.options.map(({ icon }) => icon)).toEqual(['person', 'capture', 'note']);
  expect(searching.chosen?.href).toBe(`#/contacts/${id}1`);
  searching.cursor.move('ArrowDown', searching.options.length);
  expect(searching.chosen?.href).toBe('#/capture');
});

test('a slow answer to earlier letters is dropped', async () => {
  const waiting: ((hits: SearchHit[]) => void)[] = [];
  new FakeBackend({ search: () => new Promise((resolve) => waiting.push(resolve)) });
  const searching = new Searching();
  const first = searching.type('fa');
  const second = searching.type('fat');
  await Promise.resolve();
  waiting[1]?.([hit('contact', 'Fatima')]);
  await second;
  waiting[0]?.([hit('contact', 'Fabian', 2)]);
  await first;
  expect(searching.finder.hits.map((one) => one.id)).toEqual([`${id}1`]);
});

test('"nothing found" is not said while the answer is under way', async () => {
  let answer: (hits: SearchHit[]) => void = () => undefined;
  new FakeBackend({
    search: ({ archived }) => (archived ? [] : new Promise((resolve) => (answer = resolve))),
  });
  const searching = new Searching();
  const typed = searching.type('zzz');
  expect(searching.nothing).toBeUndefined();
  await Promise.resolve();
  answer([]);
  await typed;
  expect(searching.nothing).toContain('zzz');
});

test('of many only the first are shown, and one line leads to all of them', async () => {
  const many = Array.from({ length: 7 }, (_, at) => hit('contact', `Mohamed ${at}`, at));
  const backend = new FakeBackend({ search: () => many });
  const searching = new Searching();
  await searching.type('moh');
  expect(backend.calls[0]?.args).toMatchObject({ limit: 7, archived: false });
  const [contacts] = searching.results;
  expect(contacts?.options).toHaveLength(7);
  expect(contacts?.options.at(-1)?.href).toBe('#/contacts?text=moh');
  expect(searching.count).toBe('6 getoond, er zijn er meer');
});

test('the way to the rest leads to the list of the kind, with the words', () => {
  const listOf = (kind: string): string | undefined => {
    const many = Array.from({ length: 7 }, (_, at) => hit(kind, 'oversteek', at));
    return byKind(many, 'over steek')[0]?.options.at(-1)?.href;
  };
  expect(listOf('note')).toBe('#/records/note?text=over+steek');
  expect(listOf('signal')).toBe('#/signals?text=over+steek');
  expect(listOf('follow_up')).toBe('#/records/follow_up?text=over+steek');
});

test('what is archived is found when nothing in sight is', async () => {
  new FakeBackend({
    search: ({ text, archived }) => {
      if (archived) return [hit('contact', 'Fatima', 1, 'Malakkastraat 6')];
      return text === 'fat' ? [] : [hit('note', 'Fatma', 2)];
    },
  });
  const searching = new Searching();
  await searching.type('fat');
  expect(searching.nothing).toBeUndefined();
  expect(searching.results.map(({ title }) => title)).toEqual(['Gearchiveerd']);
  expect(searching.results[0]?.options[0]?.detail).toBe('contact, Malakkastraat 6');

  await searching.type('fatm');
  expect(searching.results.map(({ title }) => title)).toEqual(['Notities']);
});

test('what was opened last comes first, each once, and goes with the lock', () => {
  const recent = new Recent();
  recent.visit({ screen: 'contacts', path: [`${id}1`], query: {} });
  recent.visit({ screen: 'records', path: ['note', `${id}2`], query: {} });
  recent.visit({ screen: 'contacts', path: [`${id}1`, 'edit'], query: {} });
  recent.visit({ screen: 'contacts', path: ['new'], query: {} });
  expect(recent.ids).toEqual([`${id}1`, `${id}2`]);
  recent.clear();
  expect(recent.ids).toEqual([]);
});
