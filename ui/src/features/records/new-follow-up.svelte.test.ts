import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BackendError } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { notices } from '../../shared/index.ts';
import { NewFollowUp } from './new-follow-up.svelte.ts';

let backend: FakeBackend;

beforeEach(() => {
  backend = new FakeBackend({ record_put: () => ({ id: 'f9', undo: 'u1', records: [] }) });
});

afterEach(() => notices.dismiss());

describe('a new follow-up', () => {
  it('needs what and when, and says so only after it was tried', async () => {
    const form = new NewFollowUp();
    expect(form.missing('what')).toBe(false);
    expect(await form.save()).toBeUndefined();
    expect([form.missing('what'), form.missing('due')]).toEqual([true, true]);
    expect(backend.calls).toEqual([]);
  });

  it('belongs to what it was begun at, and can be taken back', async () => {
    const form = new NewFollowUp({ about: ['c1'], signal: 's1' });
    form.draft.what = 'bel Fatima';
    form.draft.due = '2026-11-24';
    expect(await form.save()).toBe('f9');
    expect(backend.calls[0]?.args).toEqual({
      kind: 'follow_up',
      id: null,
      fields: { what: 'bel Fatima', due: '2026-11-24', about: ['c1'], signal: 's1' },
    });
    expect(notices.current?.undo).toBeDefined();
  });

  it('keeps what was typed when it is refused', async () => {
    backend.answer('record_put', () => {
      throw new BackendError('bsn', 'no', { field: 'what' });
    });
    const form = new NewFollowUp();
    form.draft.what = 'bel 123456782';
    form.draft.due = '2026-11-24';
    expect(await form.save()).toBeUndefined();
    expect([form.draft.what, form.saving.error?.code]).toEqual(['bel 123456782', 'bsn']);
  });
});
