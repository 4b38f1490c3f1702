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
    const form = new NewFollowUp('m1');
    expect(form.missing('what')).toBe(false);
    expect(await form.save()).toBeUndefined();
    expect([form.missing('what'), form.missing('due')]).toEqual([true, true]);
    expect(backend.calls).toEqual([]);
  });

  it('is one’s own and open, and can be taken back', async () => {
    const form = new NewFollowUp('m1');
    form.what = ' bel Fatima ';
    form.due = '2026-11-24';
    form.about = ['c1'];
    expect(await form.save()).toBe('f9');
    expect(backend.calls[0]?.args).toEqual({
      kind: 'follow_up',
      id: null,
      fields: {
        what: 'bel Fatima',
        due: '2026-11-24',
        time: '',
        waiting_for: '',
        about: ['c1'],
        owner: 'm1',
        state: 'open',
      },
    });
    expect(notices.current?.undo).toBeDefined();
  });

  it('keeps what was typed when it is refused', async () => {
    backend.answer('record_put', () => {
      throw new BackendError('bsn', 'no', { field: 'what' });
    });
    const form = new NewFollowUp(null);
    form.what = 'bel 123456782';
    form.due = '2026-11-24';
    expect(await form.save()).toBeUndefined();
    expect([form.what, form.saving.error?.code]).toEqual(['bel 123456782', 'bsn']);
  });
});
