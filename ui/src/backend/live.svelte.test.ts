import { flushSync } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import { useDoor } from './backend.ts';
import { FakeBackend } from './fake.ts';
import type { Lists } from './generated.ts';
import { liveQuery } from './live.svelte.ts';

afterEach(() => {
  useDoor();
});

const settled = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve));
  flushSync();
};

const listsWith = (street: string): Lists => ({
  themes: [],
  neighbourhoods: [],
  people: [],
  streets: [street],
});

test('a change of the kinds asked for is read again, another kind is not', async () => {
  let answers = 0;
  const fake = new FakeBackend({ lists_get: () => listsWith(String((answers += 1))) });
  const stop = $effect.root(() => {
    const query = liveQuery('lists_get', () => ({}), ['theme']);
    void (async () => {
      await settled();
      expect(query.value?.streets).toEqual(['1']);
    })();
  });
  flushSync();
  await settled();
  fake.emit('changed', { kinds: ['note'], ids: [], foreign: true });
  await settled();
  expect(answers).toBe(1);
  fake.emit('changed', { kinds: ['note', 'theme'], ids: [], foreign: true });
  await settled();
  expect(answers).toBe(2);
  stop();
  fake.emit('changed', { kinds: ['theme'], ids: [], foreign: true });
  await settled();
  expect(answers).toBe(2);
});

test('a late answer to an older question never replaces a newer one', async () => {
  const waiting: ((street: string) => void)[] = [];
  new FakeBackend({
    record_get: () =>
      new Promise((resolve) => {
        waiting.push((title) => {
          resolve({
            id: '',
            kind: 'theme',
            title,
            space: '',
            fields: {},
            mark,
            author: '',
            made_at: '',
          });
        });
      }),
  });
  let id = $state('first');
  let query: ReturnType<typeof liveQuery<'record_get'>> | undefined;
  const stop = $effect.root(() => {
    query = liveQuery('record_get', () => ({ id }), []);
  });
  flushSync();
  await settled();
  id = 'second';
  flushSync();
  await settled();
  waiting[1]?.('the second');
  await settled();
  waiting[0]?.('the first');
  await settled();
  expect(query?.value?.title).toBe('the second');
  stop();
});

test('many changes while an answer is under way cost one question more', async () => {
  let asked = 0;
  let answer: (() => void) | undefined;
  const fake = new FakeBackend({
    lists_get: () =>
      new Promise((resolve) => {
        asked += 1;
        answer = () => {
          resolve(listsWith('x'));
        };
      }),
  });
  const stop = $effect.root(() => {
    liveQuery('lists_get', () => ({}), ['theme']);
  });
  flushSync();
  await settled();
  answer?.();
  await settled();
  for (let time = 0; time < 50; time += 1) {
    fake.emit('changed', { kinds: ['theme'], ids: [], foreign: true });
  }
  await settled();
  answer?.();
  await settled();
  answer?.();
  await settled();
  expect(asked).toBe(3);
  stop();
});

test('a refusal is shown and the last good answer stays', async () => {
  const fake = new FakeBackend({ lists_get: () => listsWith('Kerkstraat') });
  let query: ReturnType<typeof liveQuery<'lists_get'>> | undefined;
  const stop = $effect.root(() => {
    query = liveQuery('lists_get', () => ({}), ['theme']);
  });
  flushSync();
  await settled();
  fake.answer('lists_get', () => {
    throw new TypeError('gone');
  });
  await query?.refresh();
  expect(query?.error?.code).toBe('unreachable');
  expect(query?.value?.streets).toEqual(['Kerkstraat']);
  stop();
});

const mark = { unsent: false, conflict: false, refused: false };
