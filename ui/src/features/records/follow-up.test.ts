import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test } from 'vitest';
import { type FollowUpView } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { addDays, today } from '../../i18n/index.ts';
import { notices } from '../../shared/index.ts';
import FollowUpPage from './FollowUpPage.svelte';

const noor = '01a20a60-fe64-7575-b695-a54593fae610';
const yusuf = '01a20a60-fe64-7575-b695-a54593fae611';
const saved = { id: 'f1', undo: 'u1', records: [] };

function page(followUp: Partial<FollowUpView['follow_up']>): FakeBackend {
  const view: FollowUpView = {
    id: 'f1',
    follow_up: {
      what: 'bel Fatima',
      due: today(),
      time: '',
      owner: yusuf,
      waiting_for: '',
      about: [],
      note: null,
      signal: null,
      state: 'open',
      outcome: '',
      reason: '',
      closed_at: null,
      archived: false,
      ...followUp,
    },
    about: [],
    signal: null,
    note: null,
    owner: 'Yusuf',
    conflicts: [],
    mark: { unsent: false, conflict: false, refused: false },
  };
  const backend = new FakeBackend({
    follow_up_get: () => view,
    follow_up_move: () => saved,
    record_put: () => saved,
    lists_get: () => ({
      themes: [],
      neighbourhoods: [],
      people: [
        { member: noor, name: 'Noor', me: true },
        { member: yusuf, name: 'Yusuf', me: false },
      ],
      streets: [],
    }),
  });
  render(FollowUpPage, { id: 'f1' });
  return backend;
}

afterEach(() => {
  cleanup();
  notices.dismiss();
});

test('one that was ticked off by mistake is opened again', async () => {
  const backend = page({ state: 'done', outcome: 'Hij komt', closed_at: '2026-11-24T09:00:00Z' });
  await fireEvent.click(await screen.findByRole('button', { name: 'Zet weer open' }));
  expect(backend.calls.at(-1)).toEqual({
    name: 'record_put',
    args: {
      kind: 'follow_up',
      id: 'f1',
      fields: { state: 'open', closed_at: null, outcome: null, reason: null },
    },
  });
});

test('a promise is taken over with one button, or given to somebody who is chosen', async () => {
  const backend = page({});
  await fireEvent.click(await screen.findByRole('button', { name: 'Geef door' }));
  await fireEvent.click(await screen.findByRole('button', { name: 'Neem over' }));
  expect(backend.calls.at(-1)?.args).toMatchObject({ fields: { owner: noor } });
});

test('choosing a person or a day keeps nothing before the button', async () => {
  const backend = page({ owner: noor });
  const puts = (): number => backend.calls.filter(({ name }) => /put|move/.test(name)).length;
  await fireEvent.click(await screen.findByRole('button', { name: 'Geef door' }));
  expect(screen.queryByRole('button', { name: 'Neem over' })).toBeNull();
  await fireEvent.change(await screen.findByLabelText('Wie doet het voortaan?'), {
    target: { value: yusuf },
  });
  expect(puts()).toBe(0);
  const [, give] = screen.getAllByRole('button', { name: 'Geef door' });
  if (give) await fireEvent.click(give);
  expect(backend.calls.at(-1)?.args).toMatchObject({ fields: { owner: yusuf } });

  await fireEvent.click(await screen.findByRole('button', { name: 'Verzet' }));
  await fireEvent.click(await screen.findByRole('button', { name: 'Kies een dag' }));
  const field = await screen.findByLabelText('Kies een dag');
  const before = puts();
  await fireEvent.input(field, { target: { value: '0002-12-15' } });
  await fireEvent.change(field);
  expect(puts()).toBe(before);
  await fireEvent.input(field, { target: { value: addDays(today(), 9) } });
  field.closest('form')?.requestSubmit();
  await Promise.resolve();
  expect(backend.calls.at(-1)).toEqual({
    name: 'follow_up_move',
    args: { id: 'f1', due: addDays(today(), 9) },
  });
});
