import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FollowUpRow, Today } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { TodayList } from './today.svelte.ts';

function followUp(id: string, fields: Partial<FollowUpRow> = {}): FollowUpRow {
  return {
    id,
    what: `bel ${id}`,
    due: '2026-11-23',
    time: '',
    about: [],
    street: '',
    waiting_for: '',
    owner: '',
    since: '2026-11-14',
    mark: { unsent: false, conflict: false, refused: false },
    ...fields,
  };
}

function day(parts: Partial<Today>): Today {
  const nothing = { late: [], today: [], week: [], later: [], waiting: [], signals: [] };
  const counts = {
    late: 0,
    today: 0,
    week: 0,
    later: 0,
    waiting: 0,
    done_this_week: 0,
    signals: 0,
  };
  return { day: '2026-11-23', ...nothing, counts, ...parts };
}

let stop: (() => void) | undefined;
let mine = $state(true);

/** The list as a screen would hold it, with the first answer in. */
async function opened(): Promise<TodayList> {
  let list: TodayList | undefined;
  stop = $effect.root(() => {
    list = new TodayList(() => mine);
  });
  flushSync();
  await vi.advanceTimersByTimeAsync(0);
  return list as TodayList;
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-23T12:00:00Z') });
  mine = true;
});

afterEach(() => {
  stop?.();
  vi.useRealTimers();
});

describe('the day', () => {
  it('shows the parts that have something in them, in order, and how many are left', async () => {
    const counts = { ...day({}).counts, today: 1, later: 250, waiting: 1 };
    new FakeBackend({
      today_get: () =>
        day({
          later: [followUp('c')],
          today: [followUp('a')],
          waiting: [followUp('d')],
          counts,
        }),
    });
    const { sections } = await opened();
    expect(sections.map(({ name, left }) => [name, left])).toEqual([
      ['today', 0],
      ['later', 249],
      ['waiting', 0],
    ]);
  });

  it('is asked again for the team', async () => {
    const backend = new FakeBackend({ today_get: () => day({}) });
    await opened();
    mine = false;
    flushSync();
    expect(backend.calls).toMatchObject([{ args: { mine: true } }, { args: { mine: false } }]);
  });

  it('is asked again when a colleague changed a follow-up', async () => {
    const backend = new FakeBackend({ today_get: () => day({}) });
    const list = await opened();
    expect(list.empty).toBe(true);
    backend.answer('today_get', () => day({ late: [followUp('a')] }));
    backend.emit('changed', { kinds: ['follow_up'], ids: ['a'], foreign: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(list.empty).toBe(false);
  });

  it('is asked again when midnight has passed', async () => {
    const backend = new FakeBackend({ today_get: () => day({}) });
    await opened();
    await vi.advanceTimersByTimeAsync(10 * 60 * 60_000);
    expect(backend.calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2 * 60 * 60_000);
    expect(backend.calls).toHaveLength(2);
  });
});

describe('a long part', () => {
  it('shows its first rows, and more of it alone when asked', async () => {
    const many = Array.from({ length: 250 }, (_, at) => followUp(`r${at}`));
    const backend = new FakeBackend({
      today_get: ({ rows }) =>
        day({ later: many.slice(0, rows?.later), counts: { ...day({}).counts, later: 250 } }),
    });
    const list = await opened();
    expect(list.sections[0]).toMatchObject({ name: 'later', left: 220 });
    expect(list.next('r29')).toBeUndefined();
    list.more('later');
    flushSync();
    await vi.advanceTimersByTimeAsync(0);
    expect(backend.calls[1]?.args).toEqual({
      mine: true,
      rows: { late: 30, today: 30, week: 30, later: 130, waiting: 30 },
    });
    expect(list.sections[0]?.left).toBe(120);
    expect(list.next('r29')).toBe('r30');
  });
});

describe('the rows', () => {
  it('are asked one thing at a time, and no longer when asked again', async () => {
    new FakeBackend({ today_get: () => day({ late: [followUp('a')], today: [followUp('b')] }) });
    const list = await opened();
    list.ask('a', 'done');
    list.ask('b', 'move');
    expect(list.asking).toEqual({ id: 'b', what: 'move' });
    list.ask('b', 'move');
    expect(list.asking).toBeUndefined();
  });

  it('give their place to the next one, the last to the one before it', async () => {
    new FakeBackend({ today_get: () => day({ late: [followUp('a')], today: [followUp('b')] }) });
    const list = await opened();
    expect([list.neighbour('a'), list.neighbour('b')]).toEqual(['b', 'a']);
  });
});
