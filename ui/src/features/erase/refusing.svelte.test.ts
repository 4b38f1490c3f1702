import { describe, expect, it } from 'vitest';
import type { ErasePart, RefusalPlan } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { Refusing } from './refusing.svelte.ts';

function note(id: string): ErasePart {
  return {
    record: { id, kind: 'note', title: id },
    at: '2026-11-25T08:20:00Z',
    author: 'Noor',
    may: true,
    linked: true,
    pieces: [],
  };
}

const plan: RefusalPlan = {
  erase: {
    record: { id: 'c1', kind: 'contact', title: 'Fatima' },
    space: 'Buurtteam',
    may: true,
    colleagues: 2,
    only: [note('n1'), note('n2'), note('n3')],
    mentions: [],
    copies: [],
    private: [],
  },
  remains: ['n1', 'n2', 'n3'].map((id) => ({ id, at: '2026-11-25T08:20:00Z', text: 'Oversteek' })),
  other_basis: null,
};

describe('Refusing', () => {
  it('keeps what is going on as it was looked over, and sends the rest away', async () => {
    const backend = new FakeBackend({
      refusal_plan: () => structuredClone(plan),
      refusal_apply: () => ({ erased: 4, remains: 1, left: [] }),
    });
    const mine = new Refusing('c1');
    await mine.read();
    expect(mine.staying).toHaveLength(3);
    const [first, second] = mine.remains;
    if (!first || !second) throw new Error('three notes');
    first.text = 'Oversteek bij de school';
    second.text = '  ';
    mine.along.let('n3', false);
    expect(await mine.refuse()).toEqual({ erased: 4, remains: 1, left: [] });
    expect(backend.calls.at(-1)).toEqual({
      name: 'refusal_apply',
      args: {
        erase: { id: 'c1', also: ['n1', 'n2'], mentions: [], private: [], instead: 'iemand' },
        remains: [{ id: 'n1', at: '2026-11-25T08:20:00Z', text: 'Oversteek bij de school' }],
      },
    });
  });
});
