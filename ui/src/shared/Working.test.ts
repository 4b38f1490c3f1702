import { render, screen } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import Working from './Working.svelte';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function pass(ms: number): void {
  vi.advanceTimersByTime(ms);
  flushSync();
}

test('what takes over a second is shown, and goes when it is done', async () => {
  const { rerender } = render(Working, { busy: true, label: 'Wist' });
  flushSync();
  pass(900);
  expect(screen.queryByRole('progressbar')).toBeNull();
  pass(200);
  expect(screen.getByRole('progressbar', { name: 'Wist' })).toBeTruthy();
  await rerender({ busy: false });
  expect(screen.queryByRole('progressbar')).toBeNull();
  await rerender({ busy: true });
  pass(900);
  expect(screen.queryByRole('progressbar')).toBeNull();
});
