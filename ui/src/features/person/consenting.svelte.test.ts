import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { Contact } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { notices } from '../../shared/index.ts';
import Consent from './Consent.svelte';
import { Consenting } from './consenting.svelte.ts';

const saved = { id: 'c1', undo: 'u1', records: [] };
const fatima = { name: 'Fatima', consent: 'not_asked', consent_on: null, basis: null } as Contact;

function consenting(): { backend: FakeBackend; state: Consenting } {
  const backend = new FakeBackend({ consent_record: () => saved });
  return { backend, state: new Consenting(() => 'c1') };
}

afterEach(() => {
  cleanup();
  notices.dismiss();
});

describe('consenting', () => {
  it('keeps an answer for today and leaves the ground to the app', async () => {
    const { backend, state } = consenting();
    await state.answer('given');
    expect(backend.calls.at(-1)).toEqual({
      name: 'consent_record',
      args: { id: 'c1', consent: 'given', basis: null, on: null },
    });
  });

  it('keeps an answer of another day', async () => {
    const { backend, state } = consenting();
    await state.keep(fatima, { consent: 'refused', on: '2026-11-20', basis: '' });
    expect(backend.calls.at(-1)?.args).toMatchObject({
      consent: 'refused',
      basis: null,
      on: '2026-11-20',
    });
  });

  it('corrects the day of an answer, and sends nothing when nothing differs', async () => {
    const { backend, state } = consenting();
    const said = { ...fatima, consent: 'given', consent_on: '2026-11-20' } as Contact;
    await state.keep(said, { consent: 'given', on: '2026-11-20', basis: '' });
    expect(backend.calls).toEqual([]);
    await state.keep(said, { consent: 'given', on: '2026-11-19', basis: '' });
    expect(backend.calls.at(-1)?.args).toMatchObject({ consent: 'given', on: '2026-11-19' });
  });

  it('keeps a ground without touching what was said', async () => {
    const { backend, state } = consenting();
    await state.keep(fatima, { consent: 'not_asked', on: '', basis: 'public_task' });
    expect(backend.calls.at(-1)?.args).toMatchObject({
      consent: null,
      basis: 'public_task',
      on: null,
    });
  });

  it('records nothing of the answers that the arrow keys pass, only the one that is kept', async () => {
    const backend = new FakeBackend({
      consent_record: () => saved,
      lists_get: () => ({ themes: [], neighbourhoods: [], people: [], streets: [] }),
    });
    const records = (): unknown[] => backend.calls.filter(({ name }) => name === 'consent_record');
    render(Consent, { id: 'c1', contact: fatima });
    await fireEvent.click(screen.getByRole('button', { name: 'Wijzig toestemming' }));
    await fireEvent.click(screen.getByRole('radio', { name: 'akkoord' }));
    await fireEvent.click(screen.getByRole('radio', { name: 'geen toestemming' }));
    expect(records()).toEqual([]);
    await fireEvent.click(screen.getByRole('button', { name: 'Bewaar' }));
    expect(records()).toMatchObject([{ args: { consent: 'refused' } }]);
  });
});
