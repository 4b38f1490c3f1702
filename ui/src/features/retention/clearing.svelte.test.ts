import { describe, expect, it } from 'vitest';
import type { DueView, EraseCopy } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { notices } from '../../shared/index.ts';
import { Clearing } from './clearing.svelte.ts';

const theirs: EraseCopy = {
  record: null,
  of: 'a',
  space: { id: 's2', name: 'Buurtaanpak', kind: 'partnership' },
  may: false,
  by: 'Noor',
};

function due(id: string, along = 0, may = true): DueView {
  return {
    record: { id, kind: 'note', title: id },
    reason: 'said',
    since: '2024-01-01',
    ended: '2025-01-01',
    months: 12,
    along,
    copies: along > 1 ? [{ ...theirs, may: true }, theirs] : [],
    may,
  };
}

function clearing(): { backend: FakeBackend; mine: Clearing } {
  const backend = new FakeBackend({
    retention_carry_out: () => ({ erased: 4, unlinked: 0, redacted: 0, copies: 1, left: [theirs] }),
    retention_keep: () => ({ id: 'h1', undo: 'u1', records: [], left: [] }),
  });
  const list = [due('a', 2), due('b', 1), due('c', 0, false)];
  return { backend, mine: new Clearing(() => list) };
}

describe('clearing away', () => {
  it('begins with nothing ticked, and ticks all that a manager may decide about', () => {
    const { mine } = clearing();
    expect(mine.chosen).toEqual([]);
    mine.all();
    expect(mine.chosen.map(({ record }) => record.id)).toEqual(['a', 'b']);
    expect(mine.along).toBe(3);
    mine.all();
    expect(mine.chosen).toEqual([]);
  });

  it('erases only what is ticked, after asking', async () => {
    const { backend, mine } = clearing();
    mine.all();
    mine.tick('b', false);
    mine.ask('erase');
    expect([mine.copies.length, mine.staying]).toEqual([2, [theirs]]);
    expect(backend.calls).toEqual([]);
    await mine.erase();
    expect(backend.calls.at(-1)).toEqual({ name: 'retention_carry_out', args: { ids: ['a'] } });
    expect(mine.asking).toBeUndefined();
    expect(notices.current?.text).toContain('1 kopie staat nog in een andere ruimte');
  });

  it('keeps longer with the reason, and stays open when that is refused', async () => {
    const { backend, mine } = clearing();
    mine.tick('a', true);
    mine.ask('keep');
    mine.why = ' bezwaar loopt ';
    mine.months = '6';
    await mine.keep();
    expect(backend.calls.at(-1)?.args).toEqual({ ids: ['a'], months: 6, why: 'bezwaar loopt' });
  });
});
