import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Proposal } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { notices } from '../../shared/index.ts';
import { Screen } from './index.ts';

const proposals: Proposal[] = [
  {
    type: 'contact',
    span: { start: 0, end: 6 },
    name: 'Fatima',
    candidates: [
      { id: 'c1', name: 'Fatima el Amrani', street: 'Malakkastraat', house_number: '6' },
      { id: 'c2', name: 'Fatima Kaya', street: null, house_number: null },
    ],
    sure: true,
    spoken_of: false,
  },
  {
    type: 'signal',
    span: { start: 8, end: 19 },
    kind: 'problem',
    theme: null,
    title: 'zwerfvuil',
    of: [{ start: 0, end: 6 }],
  },
];

let backend: FakeBackend;

/** What was sent with the note that was saved. */
function accepted(): unknown {
  const saved = backend.calls.find(({ name }) => name === 'capture_save');
  return (saved?.args as { accepted: unknown } | undefined)?.accepted;
}

async function noted(text: string): Promise<HTMLElement> {
  render(Screen);
  const field = await screen.findByLabelText('Wat hoorde of zag je?');
  await fireEvent.input(field, { target: { value: text } });
  await screen.findByRole('button', { name: /^Laat weg: contact/ });
  return field;
}

beforeEach(() => {
  backend = new FakeBackend({
    draft_get: () => ({ text: '', place: 'school_gate' }),
    draft_set: () => ({}),
    lists_get: () => ({
      themes: [{ id: 't1', name: 'zwerfvuil', words: [] }],
      neighbourhoods: [],
      people: [],
      streets: [],
    }),
    capture_propose: () => ({ proposals, bsn: null }),
    capture_save: () => ({ id: 'n1', undo: 'u1', records: [] }),
  });
});

afterEach(() => {
  cleanup();
  notices.dismiss();
});

describe('the capture screen', () => {
  it('has the focus in its field, and remembers the place', async () => {
    render(Screen);
    const field = await screen.findByLabelText('Wat hoorde of zag je?');
    expect(document.activeElement).toBe(field);
    await vi.waitFor(() =>
      expect(screen.getByRole('button', { name: 'schooldeur' }).getAttribute('aria-pressed')).toBe(
        'true',
      ),
    );
  });

  it('saves with Ctrl+Enter, and is ready for the next note', async () => {
    const field = await noted('Fatima, zwerfvuil');
    await fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true });
    await vi.waitFor(() => expect(notices.current?.text).toBe('Bewaard op dit apparaat'));
    expect(accepted()).toHaveLength(2);
    expect((field as HTMLTextAreaElement).value).toBe('');
    expect(document.activeElement).toBe(field);
  });

  it('drops a proposal with its cross, which then offers it again in the same place', async () => {
    await noted('Fatima, zwerfvuil');
    const cross = screen.getByRole('button', { name: 'Laat weg: signaal probleem · zwerfvuil' });
    cross.focus();
    await fireEvent.click(cross);
    expect(screen.getByText('1 van 2 gaat mee')).toBeTruthy();
    expect(document.activeElement?.getAttribute('aria-label')).toBe(
      'Neem over: signaal probleem · zwerfvuil',
    );
  });

  it('keeps the words alone with one tap', async () => {
    await noted('Fatima, zwerfvuil');
    await fireEvent.click(screen.getByRole('button', { name: 'Alleen de notitie' }));
    await fireEvent.click(screen.getByRole('button', { name: 'Bewaar' }));
    await vi.waitFor(() => expect(accepted()).toEqual([]));
  });

  it('lets the broker choose who is meant', async () => {
    await noted('Fatima, zwerfvuil');
    const chip = screen.getByRole('button', { name: /^Wijzig: contact Fatima el Amrani/ });
    await fireEvent.click(chip);
    expect(chip.getAttribute('aria-expanded')).toBe('true');
    await fireEvent.click(screen.getByRole('radio', { name: 'Fatima, nieuw contact' }));
    await fireEvent.click(screen.getByRole('button', { name: 'Klaar' }));
    await fireEvent.click(screen.getByRole('button', { name: 'Bewaar' }));
    await vi.waitFor(() => expect(accepted()).toMatchObject([{ contact: null }, {}]));
  });

  it('lets the broker choose the kind of a signal', async () => {
    await noted('Fatima, zwerfvuil');
    await fireEvent.click(
      screen.getByRole('button', { name: 'Wijzig: signaal probleem · zwerfvuil' }),
    );
    await fireEvent.click(screen.getByRole('radio', { name: 'klacht' }));
    expect(screen.getByLabelText('Thema')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Wijzig: signaal klacht · zwerfvuil' })).toBeTruthy();
  });

  it('lets the broker put a title in other words, and say who told it', async () => {
    await noted('Fatima, zwerfvuil');
    await fireEvent.click(
      screen.getByRole('button', { name: 'Wijzig: signaal probleem · zwerfvuil' }),
    );
    await fireEvent.input(screen.getByLabelText('Wat speelt er?'), {
      target: { value: 'zwerfvuil bij de containers' },
    });
    await fireEvent.click(screen.getByRole('button', { name: 'Bewaar' }));
    await vi.waitFor(() =>
      expect(accepted()).toMatchObject([
        {},
        { proposal: { title: 'zwerfvuil bij de containers', of: [{ start: 0, end: 6 }] } },
      ]),
    );
  });

  it('is ready with an offer by Enter, without saving the note', async () => {
    await noted('Fatima, zwerfvuil');
    const chip = screen.getByRole('button', { name: 'Wijzig: signaal probleem · zwerfvuil' });
    await fireEvent.click(chip);
    const title = screen.getByLabelText('Wat speelt er?');
    const went = await fireEvent.keyDown(title, { key: 'Enter' });
    expect([went, chip.getAttribute('aria-expanded')]).toEqual([false, 'false']);
    expect(accepted()).toBeUndefined();
  });

  it('finds somebody else in the whole book', async () => {
    backend.answer('search', () => [
      {
        id: 'c9',
        kind: 'contact',
        title: [{ text: 'Fatma Yilmaz', hit: true }],
        snippet: [],
        detail: '',
        mark: { unsent: false, conflict: false, refused: false, read_only: false },
      },
    ]);
    await noted('Fatima, zwerfvuil');
    await fireEvent.click(screen.getByRole('button', { name: /^Wijzig: contact Fatima/ }));
    await fireEvent.click(screen.getByRole('radio', { name: 'Iemand anders' }));
    await fireEvent.input(screen.getByRole('combobox', { name: 'Zoek in je contacten' }), {
      target: { value: 'fatm' },
    });
    await fireEvent.click(await screen.findByRole('option', { name: /Fatma Yilmaz/ }));
    expect(screen.getByRole('button', { name: /^Wijzig: contact Fatma Yilmaz/ })).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Bewaar' }));
    await vi.waitFor(() => expect(accepted()).toMatchObject([{ contact: 'c9' }, {}]));
  });

  it('gives a new contact another name, and a promise another time', async () => {
    const call: Proposal = {
      type: 'follow_up',
      span: { start: 8, end: 19 },
      what: 'bel',
      due: '2099-11-24',
      time: '14:00',
      of: [],
    };
    const fatima: Proposal = {
      type: 'contact',
      span: { start: 0, end: 6 },
      name: 'Fatima',
      candidates: [],
      sure: true,
      spoken_of: false,
    };
    backend.answer('capture_propose', () => ({ proposals: [fatima, call], bsn: null }));
    await noted('Fatima, bel dinsdag');
    await fireEvent.click(screen.getByRole('button', { name: /^Wijzig: contact Fatima/ }));
    await fireEvent.input(screen.getByLabelText('Naam'), {
      target: { value: 'Fatima el Amrani' },
    });
    await fireEvent.click(screen.getByRole('button', { name: /^Wijzig: opvolging bel/ }));
    await fireEvent.input(screen.getByLabelText('Hoe laat'), { target: { value: '15:00' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Bewaar' }));
    await vi.waitFor(() =>
      expect(accepted()).toMatchObject([
        { proposal: { name: 'Fatima el Amrani' } },
        { proposal: { what: 'bel', time: '15:00' } },
      ]),
    );
  });

  it('lets somebody be mentioned only, as the words say or by hand', async () => {
    const [fatima, signal] = proposals as [Proposal, Proposal];
    const kees = { ...fatima, span: { start: 20, end: 24 }, name: 'Kees', candidates: [] };
    backend.answer('capture_propose', () => ({
      proposals: [fatima, signal, { ...kees, spoken_of: true }] as Proposal[],
      bsn: null,
    }));
    render(Screen);
    const field = await screen.findByLabelText('Wat hoorde of zag je?');
    await fireEvent.input(field, { target: { value: 'Fatima, zwerfvuil, over Kees' } });
    await screen.findByRole('button', { name: /^Wijzig: contact Kees \(nieuw, alleen genoemd\)/ });
    await fireEvent.click(screen.getByRole('button', { name: /^Wijzig: contact Fatima/ }));
    await fireEvent.click(screen.getByLabelText('Alleen genoemd, niet gesproken'));
    await fireEvent.click(screen.getByRole('button', { name: 'Bewaar' }));
    await vi.waitFor(() =>
      expect(accepted()).toMatchObject([
        { proposal: { name: 'Fatima', spoken_of: true } },
        { proposal: { title: 'zwerfvuil' } },
        { proposal: { name: 'Kees', spoken_of: true } },
      ]),
    );
  });

  it('says that an empty note cannot be saved', async () => {
    render(Screen);
    await fireEvent.click(await screen.findByRole('button', { name: 'Bewaar' }));
    await vi.waitFor(() => expect(notices.current?.text).toContain('nog niets'));
  });

  it('explains a citizen service number, shows where it stands, and does not save', async () => {
    backend.answer('capture_propose', ({ text }) => ({
      proposals,
      bsn: text.includes('123456782') ? { start: 7, end: 16 } : null,
    }));
    const field = await noted('Fatima 123456782');
    await fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true });
    expect(screen.getByRole('alert').textContent).toContain('burgerservicenummer');
    expect(document.querySelector('mark')?.textContent).toBe('123456782');
    expect(accepted()).toBeUndefined();
    await fireEvent.click(screen.getByRole('button', { name: 'Haal het nummer weg' }));
    await vi.waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect((field as HTMLTextAreaElement).value).toBe('Fatima');
  });
});
