import { expect, test } from 'vitest';
import { FakeBackend } from '../../backend/fake.ts';
import { Crashes } from './crashes.svelte.ts';

const crash = {
  day: '2026-11-29',
  program: 'buurtboek-app',
  version: '0.1.0',
  platform: 'linux x86_64',
  place: 'crates/app/src/capture.rs:12:5',
  code: 'crashed',
};

test('what crashed is looked at, kept as a file on purpose, and thrown away', async () => {
  let list = { rows: [crash], text: '2026-11-29 …' };
  const app = new FakeBackend({
    crash_list: () => list,
    crash_export: () => ({ path: '/tmp/buurtboek.txt', records: 1, archived: 0 }),
    crash_forget: () => (list = { rows: [], text: '' }),
  });
  const crashes = new Crashes();
  await crashes.load();
  expect(crashes.list?.rows).toEqual([crash]);
  await crashes.keep();
  await crashes.forget();
  expect(crashes.list?.rows).toEqual([]);
  expect(app.calls.map(({ name }) => name)).toEqual(['crash_list', 'crash_export', 'crash_forget']);
});
