import { expect, test } from 'vitest';
import { BackendError } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { Leaving } from './leaving.svelte.ts';

test('what was not sent is said before anything goes, and the second tap is meant', async () => {
  const app = new FakeBackend({
    device_leave: ({ sure }) => {
      if (!sure) throw new BackendError('unsent_left', 'left', { count: 3 });
      return {
        phase: 'new',
        preferences: { language: 'nl', theme: 'auto', text_size: 100 },
        app_version: '0.1.0',
        pin_is_enough: false,
        ask_longer: false,
        invitation: null,
        me: null,
        spaces: [],
      };
    },
    unsent_export: () => ({ path: '/tmp/buurtboek.jsonl', records: 3, archived: 0 }),
  });
  const leaving = new Leaving();
  leaving.ask();
  await leaving.leave();
  expect([leaving.left, leaving.warned, leaving.error]).toEqual([3, true, undefined]);
  await leaving.keep();
  await leaving.leave();
  expect(app.calls.map(({ name, args }) => [name, args])).toEqual([
    ['device_leave', { sure: false }],
    ['unsent_export', {}],
    ['device_leave', { sure: true }],
  ]);
});

test('without a connection it is said that the server does not know', async () => {
  new FakeBackend({
    device_leave: () => {
      throw new BackendError('offline', 'no connection');
    },
  });
  const leaving = new Leaving();
  leaving.ask();
  await leaving.leave();
  expect([leaving.untold, leaving.warned]).toEqual([true, true]);
  leaving.cancel();
  expect([leaving.asking, leaving.warned]).toEqual([false, false]);
});
