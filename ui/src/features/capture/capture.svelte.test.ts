import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BackendError, type CaptureProposals, type Proposal } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { notices } from '../../shared/index.ts';
import { Capture } from './capture.svelte.ts';

const kees: Proposal = {
  type: 'contact',
  span: { start: 0, end: 4 },
  name: 'Kees',
  candidates: [{ id: 'c1', name: 'Kees', street: null, house_number: null }],
  sure: true,
  spoken_of: false,
};
const park: Proposal = { type: 'place', span: { start: 5, end: 16 }, place: 'park' };
const call: Proposal = {
  type: 'follow_up',
  span: { start: 6, end: 17 },
  what: 'bel',
  due: '2026-11-24',
  time: null,
  of: [],
};

let backend: FakeBackend;

/** Reads a few words, as the app would. */
function read({ text }: { text: string }): CaptureProposals {
  const proposals = [
    ...(text.includes('Kees') ? [kees] : []),
    ...(text.includes('in het park') ? [park] : []),
    ...(text.includes('bel dinsdag') ? [call] : []),
  ];
  const at = text.indexOf('123456782');
  return { proposals, bsn: at < 0 ? null : { start: at, end: at + 9 } };
}

function sent(name: string): unknown[] {
  return backend.calls.filter((one) => one.name === name).map(({ args }) => args);
}

async function opened(): Promise<Capture> {
  const capture = new Capture();
  await capture.load();
  return capture;
}

async function typed(text: string): Promise<Capture> {
  const capture = await opened();
  capture.type(text);
  await vi.advanceTimersByTimeAsync(400);
  return capture;
}

beforeEach(() => {
  vi.useFakeTimers();
  backend = new FakeBackend({
    draft_get: () => ({ text: '', place: 'street' }),
    draft_set: () => ({}),
    capture_propose: read,
    capture_save: () => ({ id: 'n1', undo: 'u1', records: [] }),
    action_undo: () => ({ id: 'n1', undo: null, records: [] }),
  });
});

afterEach(() => {
  notices.dismiss();
  vi.useRealTimers();
});

describe('the draft', () => {
  it('is there again when the screen opens', async () => {
    backend.answer('draft_get', () => ({ text: 'Kees zei', place: 'shop' }));
    const capture = await opened();
    expect([capture.text, capture.place]).toEqual(['Kees zei', 'shop']);
  });

  it('is kept 300 ms after the last word', async () => {
    const capture = await opened();
    capture.type('K');
    await vi.advanceTimersByTimeAsync(200);
    capture.type('Ke');
    await vi.advanceTimersByTimeAsync(299);
    expect(sent('draft_set')).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent('draft_set')).toEqual([{ text: 'Ke', place: 'street' }]);
  });

  it('loses at most a second of typing without a pause', async () => {
    const capture = await opened();
    for (let at = 1; at <= 10; at += 1) {
      capture.type('x'.repeat(at));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(sent('draft_set').length).toBeGreaterThan(0);
  });

  it('is kept at once when the screen is left', async () => {
    const capture = await opened();
    capture.type('Kees');
    await capture.leave();
    expect(sent('draft_set')).toEqual([{ text: 'Kees', place: 'street' }]);
  });

  it('never overwrites the earlier draft with what is typed before it is read', async () => {
    const capture = new Capture();
    backend.answer('draft_get', async () => {
      await new Promise((done) => setTimeout(done, 2000));
      return { text: 'eerst', place: null };
    });
    const loading = capture.load();
    capture.type('daarna');
    await vi.advanceTimersByTimeAsync(1900);
    expect(sent('draft_set')).toEqual([]);
    await vi.advanceTimersByTimeAsync(500);
    await loading;
    expect(capture.text).toBe('eerst\ndaarna');
  });

  it('says so when it cannot be kept, and tries again with the next word', async () => {
    backend.answer('draft_set', () => {
      throw new BackendError('disk_full', 'full');
    });
    const capture = await typed('Kees');
    expect(capture.draft.error?.code).toBe('disk_full');
    backend.answer('draft_set', () => ({}));
    await capture.leave();
    expect(capture.draft.error).toBeUndefined();
    expect(sent('draft_set').at(-1)).toEqual({ text: 'Kees', place: 'street' });
  });

  it('cannot come back after the note was saved', async () => {
    const capture = await opened();
    capture.type('Kees');
    await capture.save();
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent('draft_set')).toEqual([]);
  });
});

describe('on the page of a record', () => {
  it('has a draft of its own, and is kept with that record', async () => {
    backend.answer('draft_get', ({ about }) => ({
      text: about === 'c1' ? 'Was er n' : 'iets anders',
      place: 'street',
    }));
    const capture = new Capture('c1');
    await capture.load();
    expect(capture.text).toBe('Was er n');
    capture.type('Was er niet');
    await capture.draft.flush();
    expect(sent('draft_set')).toEqual([{ text: 'Was er niet', place: 'street', about: 'c1' }]);
    await capture.save();
    expect(sent('capture_save')).toMatchObject([{ about: 'c1', from_draft: true }]);
  });
});

it('says what stands in the note alone', async () => {
  backend.answer('capture_save', () => ({
    id: 'n1',
    undo: 'u1',
    records: [],
    left_out: [{ proposal: kees, why: 'other_space' }],
  }));
  const capture = await typed('Kees');
  await capture.save();
  expect(notices.current?.text).toBe(
    'Bewaard op dit apparaat. Alleen in de notitie: Kees (contact staat in een andere ruimte).',
  );
});

describe('proposals', () => {
  it('are asked for 150 ms after the last word', async () => {
    const capture = await opened();
    capture.type('Kee');
    await vi.advanceTimersByTimeAsync(149);
    capture.type('Kees');
    await vi.advanceTimersByTimeAsync(150);
    expect(sent('capture_propose')).toEqual([{ text: 'Kees' }]);
    expect(capture.offers).toHaveLength(1);
  });

  it('about earlier words are dropped when they come late', async () => {
    const capture = await opened();
    const answers: ((answer: CaptureProposals) => void)[] = [];
    backend.answer('capture_propose', () => new Promise((answer) => answers.push(answer)));
    capture.type('Kees');
    await vi.advanceTimersByTimeAsync(150);
    capture.type('niemand');
    await vi.advanceTimersByTimeAsync(150);
    answers[1]?.({ proposals: [], bsn: null });
    answers[0]?.({ proposals: [kees], bsn: null });
    await vi.advanceTimersByTimeAsync(0);
    expect(capture.offers).toEqual([]);
  });

  it('stay dropped when the words change, and when they vanish for a moment', async () => {
    const capture = await typed('Kees');
    capture.drop(capture.offers[0] as (typeof capture.offers)[0]);
    capture.type('Kees zei');
    await vi.advanceTimersByTimeAsync(150);
    expect(capture.offers.map(({ kept }) => kept)).toEqual([false]);
    capture.type('Kes zei');
    await vi.advanceTimersByTimeAsync(150);
    expect(capture.offers).toEqual([]);
    capture.type('Kees zei');
    await vi.advanceTimersByTimeAsync(150);
    expect(capture.offers.map(({ kept }) => kept)).toEqual([false]);
  });

  it('keep the kind and theme that were chosen while the note grows', async () => {
    const problem: Proposal = {
      type: 'signal',
      span: { start: 0, end: 9 },
      kind: 'problem',
      theme: null,
      title: 'zwerfvuil',
      of: [],
    };
    backend.answer('capture_propose', () => ({ proposals: [problem], bsn: null }));
    const capture = await typed('zwerfvuil');
    const [signal] = capture.offers;
    if (signal) capture.change(signal, { kind: 'complaint', theme: 't1' });
    capture.type('zwerfvuil en ratten');
    await capture.save();
    expect(sent('capture_save')).toMatchObject([
      { accepted: [{ proposal: { kind: 'complaint', theme: 't1', title: 'zwerfvuil' } }] },
    ]);
  });

  it('that fail leave the note as it is, and it can be saved', async () => {
    backend.answer('capture_propose', () => {
      throw new BackendError('unexpected', 'broken');
    });
    const capture = await typed('Kees');
    expect(capture.reading.error?.code).toBe('unexpected');
    expect(await capture.save()).toBe(true);
  });

  it('are dropped with one tap, also those of the words that follow', async () => {
    const capture = await typed('Kees');
    capture.reading.keepAll(false);
    capture.type('Kees, bel dinsdag');
    await vi.advanceTimersByTimeAsync(150);
    expect(capture.offers.map(({ kept }) => kept)).toEqual([false, false]);
    await capture.save();
    expect(sent('capture_save')).toMatchObject([{ accepted: [] }]);
  });
});

describe('the place', () => {
  it('is that of the last note until the text speaks of another', async () => {
    const capture = await typed('Kees in het park');
    expect(capture.place).toBe('park');
    capture.type('Kees');
    await vi.advanceTimersByTimeAsync(150);
    expect(capture.place).toBe('street');
  });

  it('chosen by hand wins from the text, and its proposal no longer goes along', async () => {
    const capture = await typed('Kees in het park');
    capture.choosePlace('shop');
    expect(capture.offers.map(({ kept }) => kept)).toEqual([true, false]);
    await capture.save();
    expect(sent('capture_save')).toMatchObject([{ place: 'shop', accepted: [{ contact: 'c1' }] }]);
    expect(capture.place).toBe('shop');
  });

  it('goes away when it is chosen again', async () => {
    const capture = await opened();
    capture.choosePlace('street');
    expect(capture.place).toBeNull();
  });
});

describe('saving', () => {
  it('keeps the words as typed, with what was not dropped, and empties the field', async () => {
    const capture = await typed('Kees, bel dinsdag ');
    const [, followUp] = capture.offers;
    if (followUp) capture.change(followUp, { due: '2026-12-01' });
    expect(await capture.save()).toBe(true);
    expect(sent('capture_save')).toEqual([
      {
        text: 'Kees, bel dinsdag ',
        place: 'street',
        accepted: [
          { proposal: kees, contact: 'c1' },
          { proposal: { ...call, due: '2026-12-01' }, contact: null },
        ],
        about: null,
        from_draft: true,
      },
    ]);
    expect([capture.text, capture.offers]).toEqual(['', []]);
    expect(notices.current?.text).toBe('Bewaard op dit apparaat');
  });

  it('remembers the space that was chosen, in the draft and when the note is taken back', async () => {
    backend.answer('draft_get', () => ({ text: 'Kees', place: null, space: 'mine' }));
    const capture = new Capture();
    await capture.load();
    expect(capture.space).toBe('mine');
    capture.goTo('team');
    await capture.draft.flush();
    expect(sent('draft_set').at(-1)).toMatchObject({ text: 'Kees', space: 'team' });
    expect(await capture.save()).toBe(true);
    expect(sent('capture_save')).toMatchObject([{ space: 'team' }]);
    expect(capture.space).toBeUndefined();
    backend.answer('action_undo', () => ({ id: 'n1', undo: null, records: [] }));
    await notices.undo();
    expect(capture.space).toBe('team');
  });

  it('reads the last words first, although nobody paused after them', async () => {
    const capture = await opened();
    capture.type('Kees');
    await capture.save();
    expect(sent('capture_save')).toMatchObject([{ accepted: [{ contact: 'c1' }] }]);
  });

  it('does nothing with an empty field, and saves nothing twice', async () => {
    const capture = await typed('  ');
    expect(await capture.save()).toBe(false);
    capture.type('Kees');
    await Promise.all([capture.save(), capture.save()]);
    expect(sent('capture_save')).toHaveLength(1);
  });

  it('keeps the text and the choices when it fails', async () => {
    backend.answer('capture_save', () => {
      throw new BackendError('disk_full', 'full');
    });
    const capture = await typed('Kees');
    capture.drop(capture.offers[0] as (typeof capture.offers)[0]);
    expect(await capture.save()).toBe(false);
    expect(capture.error?.code).toBe('disk_full');
    expect([capture.text, capture.offers[0]?.kept]).toEqual(['Kees', false]);
    await vi.advanceTimersByTimeAsync(300);
    expect(sent('draft_set').at(-1)).toEqual({ text: 'Kees', place: 'street' });
  });

  it('keeps what was typed meanwhile for the next note', async () => {
    const capture = await typed('Kees');
    const saving = capture.save();
    capture.type('Kees en Ans');
    await saving;
    expect(capture.text).toBe(' en Ans');
  });

  it('waits while a citizen service number stands in the text, and leaves the rest', async () => {
    const capture = await typed('Kees heeft 123456782 als nummer');
    expect(capture.reading.bsn).toEqual({
      before: 'Kees heeft ',
      number: '123456782',
      after: ' als nummer',
    });
    expect(await capture.save()).toBe(false);
    expect(sent('capture_save')).toEqual([]);
    await capture.removeBsn();
    expect(capture.text).toBe('Kees heeft als nummer');
    expect(await capture.save()).toBe(true);
  });
});

describe('undo', () => {
  it('takes the note back and puts words and choices in the field again', async () => {
    const capture = await typed('Kees in het park');
    capture.drop(capture.offers[0] as (typeof capture.offers)[0]);
    await capture.save();
    await notices.undo();
    expect(sent('action_undo')).toEqual([{ undo: 'u1' }]);
    expect(capture.text).toBe('Kees in het park');
    expect(capture.offers.map(({ kept }) => kept)).toEqual([false, true]);
  });

  it('gives the words back to the screen that is open now, before what was typed since', async () => {
    const first = await typed('Kees');
    await first.save();
    await first.leave();
    const second = await typed('Ans');
    await notices.undo();
    expect(second.text).toBe('Kees\nAns');
  });

  it('keeps the words as a draft when no note is open', async () => {
    const capture = await typed('Kees');
    await capture.save();
    await capture.leave();
    await notices.undo();
    expect(sent('draft_set').at(-1)).toEqual({ text: 'Kees', place: 'street' });
  });

  it('says why it did not work', async () => {
    backend.answer('action_undo', () => {
      throw new BackendError('no_undo', 'later work');
    });
    const capture = await typed('Kees');
    await capture.save();
    await notices.undo();
    expect(notices.current?.text).toContain('kan niet meer');
    expect(capture.text).toBe('');
  });
});
