import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BackendError, type FollowUpRow } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { addDays, today } from '../../i18n/index.ts';
import { notices } from '../../shared/index.ts';
import FollowUpItem from './FollowUpItem.svelte';
import type { Asking } from './today.svelte.ts';

const row: FollowUpRow = {
  id: 'f1',
  what: 'bel Fatima',
  due: addDays(today(), -3),
  time: '14:30',
  about: [{ id: 'c1', kind: 'contact', title: 'Fatima el Amrani' }],
  street: 'Malakkastraat',
  waiting_for: 'de gemeente',
  owner: 'Yusuf',
  since: addDays(today(), -9),
  mark: { unsent: true, conflict: false, refused: false },
};

let backend: FakeBackend;
const onask = vi.fn();
const onsettled = vi.fn();

function show(asking?: Asking['what']): void {
  render(FollowUpItem, {
    row,
    section: 'late',
    asking,
    showOwner: true,
    current: false,
    query: {},
    onask,
    onsettled,
  });
}

beforeEach(() => {
  const saved = (): { id: string; undo: string; records: [] } => ({
    id: 'f1',
    undo: 'u1',
    records: [],
  });
  backend = new FakeBackend({
    follow_up_done: saved,
    follow_up_move: saved,
    follow_up_drop: saved,
    action_undo: saved,
  });
  onask.mockClear();
  onsettled.mockClear();
});

afterEach(() => {
  cleanup();
  notices.dismiss();
});

describe('a row of the day', () => {
  it('says what, who, where, since when, and whether it was sent', () => {
    show();
    expect(screen.getByRole('link', { name: 'Fatima el Amrani' }).getAttribute('href')).toBe(
      '#/contacts/c1',
    );
    for (const words of [
      'bel Fatima',
      '3 dagen te laat',
      'wacht op de gemeente',
      'door Yusuf',
      '9 dagen geleden beloofd',
      'Malakkastraat',
      'nog niet verzonden',
    ])
      expect(screen.getByText(words)).toBeTruthy();
  });

  it('asks what came of it when it is ticked', () => {
    show();
    screen.getByRole('button', { name: 'Gedaan: bel Fatima' }).click();
    expect(onask).toHaveBeenCalledWith('done');
  });

  it('is done without a word about it, and can be taken back', async () => {
    show('done');
    expect(document.activeElement).toBe(screen.getByLabelText('Wat kwam eruit?'));
    screen.getByRole('button', { name: 'Gedaan' }).click();
    await vi.waitFor(() => expect(onsettled).toHaveBeenCalledOnce());
    expect(backend.calls).toEqual([{ name: 'follow_up_done', args: { id: 'f1', outcome: '' } }]);
    await notices.undo();
    expect(backend.calls.at(-1)).toEqual({ name: 'action_undo', args: { undo: 'u1' } });
  });

  it('moves to tomorrow with one tap', async () => {
    show('move');
    screen.getByRole('button', { name: 'Morgen' }).click();
    await vi.waitFor(() => expect(onsettled).toHaveBeenCalledOnce());
    expect(backend.calls.at(-1)?.args).toEqual({ id: 'f1', due: addDays(today(), 1) });
  });

  it('moves to a day that is picked', async () => {
    show('move');
    await fireEvent.click(screen.getByRole('button', { name: 'Kies een dag' }));
    await fireEvent.input(screen.getByLabelText('Kies een dag'), {
      target: { value: '2027-01-05' },
    });
    await fireEvent.click(screen.getByRole('button', { name: 'Verzet' }));
    await vi.waitFor(() => expect(onsettled).toHaveBeenCalledOnce());
    expect(backend.calls.at(-1)?.args).toEqual({ id: 'f1', due: '2027-01-05' });
  });

  it('is not dropped without a reason', async () => {
    show('drop');
    await fireEvent.click(screen.getByRole('button', { name: 'Stop ermee' }));
    expect(screen.getByText('Schrijf er kort bij waarom.')).toBeTruthy();
    expect(backend.calls).toEqual([]);
    const why = screen.getByLabelText('Waarom stop je ermee?');
    await fireEvent.input(why, { target: { value: 'verhuisd' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Stop ermee' }));
    await vi.waitFor(() => expect(onsettled).toHaveBeenCalledOnce());
    expect(backend.calls.at(-1)?.args).toEqual({ id: 'f1', reason: 'verhuisd' });
  });

  it('keeps what was written when it fails, and says why', async () => {
    backend.answer('follow_up_done', () => {
      throw new BackendError('disk_full', 'full');
    });
    show('done');
    const field = screen.getByLabelText<HTMLInputElement>('Wat kwam eruit?');
    await fireEvent.input(field, { target: { value: 'ze komt' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Gedaan' }));
    await screen.findByText(/apparaat is vol/);
    expect(field.value).toBe('ze komt');
    expect(onsettled).not.toHaveBeenCalled();
  });

  it('closes its question with Escape', async () => {
    show('done');
    await fireEvent.keyDown(screen.getByLabelText('Wat kwam eruit?'), { key: 'Escape' });
    expect(onask).toHaveBeenCalledWith('done');
  });
});
