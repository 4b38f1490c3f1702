import { expect, test } from 'vitest';
import type { Departure } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { Losses } from './losses.svelte.ts';

const LOST: Departure = {
  space: { id: '0193a000-0000-7000-8000-000000000001', name: 'Buurtteam', kind: 'team' },
  records: [{ id: '0193a000-0000-7000-8000-000000000002', kind: 'note', title: 'Bij de school' }],
};

test('what was not sent is listed, exported, and only then goes', async () => {
  let lost = [LOST];
  const app = new FakeBackend({
    departure_list: () => lost,
    departure_export: () => ({ path: '/tmp/buurtboek.jsonl', records: 1, archived: 0 }),
    departure_finish: () => {
      lost = [];
      return {
        phase: 'open',
        preferences: { language: 'nl', theme: 'auto', text_size: 100 },
        app_version: '0.1.0',
        pin_is_enough: false,
        ask_longer: false,
        invitation: null,
        me: null,
        spaces: [],
      };
    },
  });
  const losses = new Losses();
  await losses.read();
  expect(losses.list).toEqual([LOST]);
  await losses.keep(LOST);
  expect(losses.exported.has(LOST.space.id)).toBe(true);
  expect(await losses.finish(LOST)).toBe(true);
  expect(losses.list).toEqual([]);
  expect(app.calls.map(({ name }) => name)).toEqual([
    'departure_list',
    'departure_export',
    'departure_finish',
    'departure_list',
  ]);
});

test('a file that cannot be written removes nothing', async () => {
  new FakeBackend({
    departure_list: () => [LOST],
    departure_export: () => {
      throw Object.assign(new Error('full'), { code: 'file_not_written' });
    },
  });
  const losses = new Losses();
  await losses.read();
  await losses.keep(LOST);
  expect(losses.exported.size).toBe(0);
  expect(losses.list).toEqual([LOST]);
  expect(losses.working.error?.code).toBe('file_not_written');
});
