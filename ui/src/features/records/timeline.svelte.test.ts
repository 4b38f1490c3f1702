import { expect, test } from 'vitest';
import type { Timeline, TimelineItem } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { TimelineParts } from './timeline.svelte.ts';

function item(at: number): TimelineItem {
  return {
    id: `n${at}`,
    kind: 'note',
    at: '2026-11-24T09:00:00Z',
    author: 'Yusuf',
    text: `note ${at}`,
    place: null,
    signal_state: null,
    follow_up_state: null,
    due: null,
    outcome: '',
    mark: { unsent: false, conflict: false, refused: false },
  };
}

function items(from: number, to: number): TimelineItem[] {
  return Array.from({ length: to - from }, (_, at) => item(from + at));
}

test('a few are shown at first, more when asked', async () => {
  const backend = new FakeBackend();
  const parts = new TimelineParts(() => ({
    id: 'c1',
    timeline: { total: 20, items: items(0, 20) },
  }));
  expect(parts.items).toHaveLength(8);
  expect(parts.left).toBe(12);
  await parts.more();
  expect(parts.items).toHaveLength(20);
  expect(parts.left).toBe(0);
  expect(backend.calls).toEqual([]);
});

test('what is not here yet is fetched, and nothing stands there twice', async () => {
  const backend = new FakeBackend({
    timeline_get: ({ offset, limit }) => ({ total: 60, items: items(offset, offset + limit) }),
  });
  let timeline = $state.raw<Timeline>({ total: 60, items: items(0, 20) });
  const parts = new TimelineParts(() => ({ id: 'c1', timeline }));
  await parts.more();
  expect(backend.calls[0]?.args).toEqual({ id: 'c1', offset: 20, limit: 50 });
  expect(parts.items).toHaveLength(58);
  // A colleague writes a note: the first part moves on, what it pushes off stays.
  timeline = { total: 61, items: [item(-1), ...items(0, 19)] };
  const ids = parts.items.map(({ id }) => id);
  expect(ids.slice(0, 3)).toEqual(['n-1', 'n0', 'n1']);
  expect(ids).toContain('n19');
  expect(new Set(ids).size).toBe(ids.length);
});
