import { describe, expect, it } from 'vitest';
import type { RetentionTermView } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { TermForm } from './term-form.svelte.ts';

const saved = { id: 't1', undo: 'u1', records: [] };

function form(term: Partial<RetentionTermView> = {}): { backend: FakeBackend; form: TermForm } {
  const view: RetentionTermView = {
    kind: 'note',
    months: null,
    why: '',
    suggested: 24,
    due: 0,
    more: false,
    ...term,
  };
  const backend = new FakeBackend({ retention_set: () => saved });
  return {
    backend,
    form: new TermForm(
      () => view,
      () => 's1',
    ),
  };
}

describe('the term of a kind', () => {
  it('begins with what many organisations choose', async () => {
    const { backend, form: term } = form();
    term.start();
    expect(term.choice).toBe('24');
    await term.save();
    expect(backend.calls.at(-1)?.args).toEqual({ space: 's1', kind: 'note', months: 24, why: '' });
    expect(term.open).toBe(false);
  });

  it('shows a term of its own as a number of months', () => {
    const { form: term } = form({ months: 18, why: 'selectielijst' });
    term.start();
    expect([term.choice, term.months, term.why]).toEqual(['other', '18', 'selectielijst']);
  });

  it('takes a term away', async () => {
    const { backend, form: term } = form({ months: 24 });
    term.start();
    term.choice = 'none';
    await term.save();
    expect(backend.calls.at(-1)?.args).toMatchObject({ months: null });
  });

  it('lets the app refuse what is no number', async () => {
    const { backend, form: term } = form();
    term.start();
    term.choice = 'other';
    term.months = 'twee jaar';
    await term.save();
    expect(backend.calls.at(-1)?.args).toMatchObject({ months: 0 });
  });
});
