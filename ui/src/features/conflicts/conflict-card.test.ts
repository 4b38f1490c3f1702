import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BackendError, type ConflictView } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { notices } from '../../shared/index.ts';
import ConflictCard from './ConflictCard.svelte';

const conflict: ConflictView = {
  record: { id: 'c1', kind: 'contact', title: 'Fatima' },
  path: 'ways/k1/value',
  can_hold_both: true,
  values: [
    { value: '06-22222222', author: 'Yusuf Demir', mine: false, at: null },
    { value: '06-11111111', author: 'Ans', mine: true, at: null },
  ],
};

afterEach(() => {
  cleanup();
  notices.dismiss();
});

function resolving(): FakeBackend {
  return new FakeBackend({
    conflict_resolve: () => ({ id: 'c1', undo: 'u1', records: [] }),
  });
}

describe('ConflictCard', () => {
  it.each([
    ['Die van mij: 06-11111111', 1],
    ['Die van Yusuf: 06-22222222', 0],
    ['Beide bewaren', null],
  ])('“%s” keeps just that, against the values that were shown', async (name, choice) => {
    const backend = resolving();
    const onresolved = vi.fn();
    render(ConflictCard, { conflict, onresolved });
    screen.getByRole('button', { name }).click();
    await vi.waitFor(() => expect(onresolved).toHaveBeenCalledOnce());
    const seen = ['06-22222222', '06-11111111'];
    expect(backend.calls.at(-1)?.args).toEqual({ id: 'c1', path: 'ways/k1/value', choice, seen });
    expect(notices.current?.undo).toBeDefined();
  });

  it('offers to keep both only where both fit', () => {
    resolving();
    render(ConflictCard, { conflict: { ...conflict, can_hold_both: false } });
    expect(screen.queryByRole('button', { name: 'Beide bewaren' })).toBeNull();
  });

  it('says so when a new value came in, and stays', async () => {
    resolving().answer('conflict_resolve', () => {
      throw new BackendError('conflict_changed', 'newer');
    });
    const onresolved = vi.fn();
    render(ConflictCard, { conflict, onresolved });
    screen.getByRole('button', { name: 'Beide bewaren' }).click();
    await screen.findByText(/andere waarde/);
    expect(onresolved).not.toHaveBeenCalled();
  });

  it('names the record that a value points at', async () => {
    const backend = resolving();
    backend.answer('record_name', ({ id }) => {
      if (id === 'o2') throw new BackendError('no_record', 'gone');
      return { id, kind: 'organisation', title: 'Buurthuis De Kade' };
    });
    const values = [
      { value: 'o1', author: '', mine: true, at: null },
      { value: 'o2', author: 'Yusuf', mine: false, at: null },
    ];
    render(ConflictCard, { conflict: { ...conflict, path: 'handed_to', values } });
    await screen.findByText('Buurthuis De Kade');
    await screen.findByText('iets wat er niet meer is');
    expect(screen.queryByText('o1')).toBeNull();
  });
});
