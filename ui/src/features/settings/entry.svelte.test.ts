import { afterEach, expect, test } from 'vitest';
import { FakeBackend } from '../../backend/fake.ts';
import { notices } from '../../shared/index.ts';
import { Entry, wordsOf } from './entry.svelte.ts';

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
  const entry = new Entry('theme', (words) => ({ words: wordsOf(words) }));
  entry.begin({ id: '', name: '', extra: '' });
  entry.name = ' Verkeer ';
  entry.extra = 'oversteek';
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
