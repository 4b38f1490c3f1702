import { describe, expect, it } from 'vitest';
import { FakeBackend } from '../../backend/fake.ts';
import { Consenting } from './consenting.svelte.ts';

const saved = { id: 'c1', undo: 'u1', records: [] };

function consenting(): { backend: FakeBackend; state: Consenting } {
  const backend = new FakeBackend({ consent_record: () => saved });
  return { backend, state: new Consenting(() => 'c1') };
}

describe('consenting', () => {
  it('keeps an answer for today and leaves the ground to the app', async () => {
    const { backend, state } = consenting();
    await state.answer('given');
    expect(backend.calls.at(-1)).toEqual({
      name: 'consent_record',
      args: { id: 'c1', consent: 'given', basis: null, on: null },
    });
  });

  it('keeps an answer of another day, and asks nothing while the day is empty', async () => {
    const { backend, state } = consenting();
    await state.was('refused', '');
    expect(backend.calls).toEqual([]);
    await state.was('refused', '2026-11-20');
    expect(backend.calls.at(-1)?.args).toMatchObject({ consent: 'refused', on: '2026-11-20' });
  });

  it('keeps a ground without touching what was said', async () => {
    const { backend, state } = consenting();
    await state.because('public_task');
    expect(backend.calls.at(-1)?.args).toMatchObject({ consent: null, basis: 'public_task' });
    await state.because('');
    expect(backend.calls).toHaveLength(1);
  });
});
