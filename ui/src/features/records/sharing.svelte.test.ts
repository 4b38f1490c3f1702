import { expect, test } from 'vitest';
import type { ShareAsk, ShareOptions, SharePreview } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { Sharing } from './sharing.svelte.ts';
import { linesOf } from './share-words.ts';

const ID = '0193a000-0000-7000-8000-000000000001';
const PLAN = {
  id: '0193a000-0000-7000-8000-00000000000a',
  name: 'Buurtaanpak',
  kind: 'partnership',
};
const MAP = { id: '0193a000-0000-7000-8000-00000000000b', name: 'Kaart', kind: 'organisation' };

const OPTIONS: ShareOptions = {
  spaces: [PLAN, MAP],
  fields: [
    { name: 'name', value: 'Fatima', needed: true },
    { name: 'street', value: 'Malakkastraat', needed: false },
    { name: 'ways', value: { k: { kind: 'phone', value: '06-12345678' } }, needed: false },
  ],
  shares: [],
  copy_of: null,
};

function preview(ask: ShareAsk): SharePreview {
  return {
    kind: 'contact',
    title: 'Fatima',
    fields: Object.fromEntries(ask.fields.map((name) => [name, name])),
    author: 'Noor',
    to: ask.to === PLAN.id ? PLAN : MAP,
    until: ask.until,
  };
}

function backend(): FakeBackend {
  return new FakeBackend({
    share_options: () => OPTIONS,
    share_preview: preview,
    share_make: () => ({ id: ID, undo: null, records: [] }),
    share_revoke: () => ({ id: ID, undo: null, records: [] }),
  });
}

test('nothing is ticked that the copy can do without', async () => {
  backend();
  const sharing = new Sharing(ID);
  await sharing.begin();
  expect([...sharing.ticked]).toEqual(['name']);
  expect(sharing.preview?.fields).toEqual({ name: 'name' });
});

test('what is shared is what was shown', async () => {
  const app = backend();
  const sharing = new Sharing(ID);
  await sharing.begin();
  await sharing.tick('street', true);
  await sharing.tick('ways', true);
  await sharing.tick('street', false);
  await sharing.lastDay('2026-12-31');
  expect(sharing.outside).toBe(true);
  await sharing.share();
  const shown = app.calls.findLast(({ name }) => name === 'share_preview');
  const shared = app.calls.find(({ name }) => name === 'share_make');
  expect(shared?.args).toEqual(shown?.args);
  expect(shared?.args).toEqual({
    id: ID,
    to: PLAN.id,
    fields: ['name', 'ways'],
    until: '2026-12-31',
  });
  expect(sharing.open).toBe(false);
});

test('while it is not known what will be seen, nothing can be shared', async () => {
  const app = backend();
  app.answer('share_preview', () => {
    throw Object.assign(new Error('no'), { code: 'until_passed' });
  });
  const sharing = new Sharing(ID);
  await sharing.begin();
  await sharing.share();
  expect(sharing.preview).toBeUndefined();
  expect(app.calls.some(({ name }) => name === 'share_make')).toBe(false);
});

test('the answer to an older question does not take the place of a newer one', async () => {
  const app = backend();
  const sharing = new Sharing(ID);
  await sharing.begin();
  const answers: (() => void)[] = [];
  app.answer(
    'share_preview',
    (ask) =>
      new Promise((resolve) => {
        answers.push(() => {
          resolve(preview(ask));
        });
      }),
  );
  const first = sharing.choose(MAP.id);
  const second = sharing.choose(PLAN.id);
  await Promise.resolve();
  answers[1]?.();
  answers[0]?.();
  await Promise.all([first, second]);
  expect(sharing.preview?.to).toEqual(PLAN);
});

test('the small words of an entry are shown, because they go along', () => {
  const ways = { k: { kind: 'phone', value: '06-12345678', label: 'haar zus' } };
  const [line] = linesOf('contact', { ways }, undefined);
  expect(line?.value).toBe('06-12345678 (telefoon, haar zus)');
});
