import { expect, test } from 'vitest';
import type { ScratchNote } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { notices } from '../../shared/index.ts';
import { Pad } from './pad.svelte.ts';

const NOTE: ScratchNote = {
  id: '0193a000-0000-7000-8000-000000000001',
  text: 'Twijfel over de fietsenstalling',
  changed_at: '2026-11-25T08:00:00Z',
  expires_on: '2026-12-25',
  days_left: 30,
};

function backend(notes: ScratchNote[] = [NOTE]): FakeBackend {
  return new FakeBackend({
    scratch_list: () => ({ days: 30, notes }),
    scratch_put: ({ text }) => ({ ...NOTE, text }),
    scratch_remove: () => NOTE,
    scratch_keep: () => ({ id: 'note-1', undo: null, records: [] }),
    scratch_take_back: () => NOTE,
  });
}

test('what is added is kept, and the field is empty for the next one', async () => {
  const app = backend();
  const pad = new Pad();
  pad.text = 'Nog iets';
  await pad.add();
  expect(app.calls[0]).toEqual({
    name: 'scratch_put',
    args: { id: null, text: 'Nog iets', from_draft: false },
  });
  expect(pad.text).toBe('');
  pad.text = '   ';
  await pad.add();
  expect(app.calls.filter(({ name }) => name === 'scratch_put')).toHaveLength(1);
});

test('words that are refused stay in the field', async () => {
  const app = backend();
  app.answer('scratch_put', () => {
    throw Object.assign(new Error('bsn'), { code: 'bsn' });
  });
  const pad = new Pad();
  pad.text = 'Iets met een nummer';
  await pad.add();
  expect(pad.text).toBe('Iets met een nummer');
  expect(pad.writing.error?.code).toBe('bsn');
});

test('a note that became a real one becomes private again, and is erased with the team', async () => {
  const app = backend();
  const pad = new Pad();
  await pad.keep(NOTE);
  await notices.undo();
  expect(app.calls.map(({ name }) => name)).toEqual([
    'scratch_keep',
    'scratch_list',
    'scratch_take_back',
    'scratch_list',
  ]);
  expect(app.calls[2]?.args).toEqual({ id: 'note-1' });
});

test('a note that was thrown away can be put back with its words', async () => {
  const app = backend();
  const pad = new Pad();
  await pad.remove(NOTE);
  await notices.undo();
  expect(app.calls.at(-2)).toEqual({
    name: 'scratch_put',
    args: { id: NOTE.id, text: NOTE.text, from_draft: false },
  });
});

test('what is being written is there again after a lock, and gone once it is on the pad', async () => {
  let kept = '';
  const app = backend();
  app.answer('unsaved_get', ({ form }) => ({ form, text: kept }));
  app.answer('unsaved_set', ({ text }) => {
    kept = text;
    return {};
  });
  const before = new Pad();
  await before.resume();
  before.text = 'Twijfel over';
  before.remember();
  await before.unsaved.flush();

  const after = new Pad();
  await after.resume();
  expect(after.text).toBe('Twijfel over');
  await after.add();
  expect(kept).toBe('');
});
