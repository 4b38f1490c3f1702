import { describe, expect, it } from 'vitest';
import type { RedactPlan } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { Redacting } from './redacting.svelte.ts';

const record = { id: 'n1', kind: 'note', title: 'Fatima belde' };

const plan: RedactPlan = {
  record,
  space: 'Buurtteam',
  may: true,
  colleagues: 2,
  texts: [{ path: 'text', field: 'text', value: 'Fatima belde' }],
  copies: [
    { record: { ...record, id: 'k1' }, space: 'Plan', may: true, original: false, texts: [] },
    { record: { ...record, id: 'k2' }, space: 'Plan', may: false, original: false, texts: [] },
  ],
};

function redacting(): { backend: FakeBackend; mine: Redacting } {
  const backend = new FakeBackend({
    redact_plan: () => plan,
    redact_preview: () => ({ texts: plan.texts, now: true, ever: true }),
    redact_apply: () => ({ redacted: 2, waiting: true }),
  });
  return { backend, mine: new Redacting('n1') };
}

describe('Redacting', () => {
  it('begins with the first text, and asks nothing before a word is typed', async () => {
    const { backend, mine } = redacting();
    await mine.read();
    await mine.look();
    expect(mine.path).toBe('text');
    expect(mine.ready).toBe(false);
    expect(backend.calls.map(({ name }) => name)).toEqual(['redact_plan']);
  });

  it('takes words out of the record and of the copies that may be changed', async () => {
    const { backend, mine } = redacting();
    await mine.read();
    mine.words = ' Fatima ';
    await mine.look();
    expect(mine.ready).toBe(true);
    await mine.carryOut();
    expect(backend.calls.at(-1)?.args).toEqual({
      id: 'n1',
      takes: [{ path: 'text', words: 'Fatima', instead: 'iemand' }],
      copies: ['k1'],
    });
  });

  it('shows what was typed last, whichever answer comes first, and does nothing unseen', async () => {
    const { backend, mine } = redacting();
    await mine.read();
    const answers: (() => void)[] = [];
    backend.answer(
      'redact_preview',
      ({ takes }) =>
        new Promise((resolve) => {
          const words = takes[0]?.words ?? '';
          const ever = words !== 'Fati';
          answers.push(() => resolve({ texts: [], now: ever, ever }));
        }),
    );
    mine.words = 'Fati';
    const first = mine.look();
    mine.words = 'Fatima';
    const second = mine.look();
    answers[1]?.();
    answers[0]?.();
    await Promise.all([first, second]);
    expect(mine.ready).toBe(true);
    mine.words = 'Fatima belde';
    expect(mine.ready).toBe(false);
  });

  it('takes a whole field out, and leaves a copy that was ticked off', async () => {
    const { backend, mine } = redacting();
    await mine.read();
    mine.howMuch = 'all';
    mine.along.let('k1', false);
    await mine.carryOut();
    expect(backend.calls.at(-1)?.args).toEqual({
      id: 'n1',
      takes: [{ path: 'text', words: null, instead: '' }],
      copies: [],
    });
  });
});
