import { afterEach, expect, test } from 'vitest';
import type { RecordView } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { notices } from '../../shared/index.ts';
import { Entry, wordsOf } from './entry.svelte.ts';
import { holidaysOf } from './holidays.ts';

afterEach(() => {
  notices.dismiss();
});

test('words come with commas or on their own lines, each once', () => {
  expect(wordsOf(' oversteek, zebrapad,\nte  hard rijden,,oversteek')).toEqual([
    'oversteek',
    'zebrapad',
    'te hard rijden',
  ]);
});

test('a refused entry stays open with what was typed', async () => {
  const fake = new FakeBackend({
    record_put: () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      throw { code: 'bsn', message: 'x' };
    },
  });
  const entry = new Entry('theme', { words: '' }, ({ words }) => ({ words: wordsOf(words) }));
  entry.begin();
  entry.name = ' Verkeer ';
  entry.fields.words = 'oversteek';
  await entry.save();
  expect(entry.open).toBeDefined();
  expect(entry.name).toBe(' Verkeer ');
  expect(entry.saving.error?.code).toBe('bsn');

  fake.answer('record_put', () => ({ id: 't1', undo: 'u1', records: [] }));
  await entry.save();
  expect(entry.open).toBeUndefined();
  expect(fake.calls.at(-1)?.args).toEqual({
    kind: 'theme',
    id: null,
    fields: { name: 'Verkeer', words: ['oversteek'] },
  });
  expect(notices.current?.undo).toBeDefined();
});

test('what an entry held does not come along to the next', async () => {
  const fake = new FakeBackend({ record_put: () => ({ id: 'h1', undo: 'u1', records: [] }) });
  const entry = new Entry('holiday', { start: '', end: '' });
  entry.begin({ id: 'h1', name: 'Zomervakantie' }, { start: '2027-07-17', end: '2027-08-29' });
  entry.fields.end = '2027-08-30';
  await entry.save();
  expect(fake.calls.at(-1)?.args).toEqual({
    kind: 'holiday',
    id: 'h1',
    fields: { name: 'Zomervakantie', start: '2027-07-17', end: '2027-08-30' },
  });
  entry.begin();
  expect(entry.fields).toEqual({ start: '', end: '' });
});

test('holidays to come stand first, in their order, and then those that are over', () => {
  const row = (title: string, start: string, end: string): RecordView =>
    ({ id: title, title, fields: { start, end } }) as unknown as RecordView;
  const rows = [
    row('kerst', '2026-12-19', '2027-01-03'),
    row('meivakantie', '2026-04-25', '2026-05-03'),
    row('herfst', '2026-10-17', '2026-10-25'),
    row('zomer', '2026-07-04', '2026-08-16'),
  ];
  const shown = holidaysOf(rows, '2026-10-25').map(({ name, over }) => [name, over]);
  expect(shown).toEqual([
    ['herfst', false],
    ['kerst', false],
    ['zomer', true],
    ['meivakantie', true],
  ]);
});
