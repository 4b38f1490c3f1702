import { describe, expect, it, vi } from 'vitest';
import { swipe } from './swipe.ts';

function swiped(
  pointerType: string,
  ...path: [number, number][]
): { right: number; left: number; translate: string } {
  const row = document.createElement('div');
  const swipes = { right: vi.fn(), left: vi.fn() };
  const stop = swipe(swipes)(row);
  const fire = (type: string, [clientX, clientY]: [number, number]): void => {
    row.dispatchEvent(new PointerEvent(type, { pointerType, clientX, clientY }));
  };
  const [first = [0, 0]] = path;
  fire('pointerdown', first);
  for (const place of path) fire('pointermove', place);
  fire('pointerup', path.at(-1) ?? first);
  stop?.();
  return {
    right: swipes.right.mock.calls.length,
    left: swipes.left.mock.calls.length,
    translate: row.style.translate,
  };
}

describe('a swipe', () => {
  it('to the right and to the left are two things', () => {
    expect(swiped('touch', [100, 10], [150, 12], [190, 12])).toMatchObject({ right: 1, left: 0 });
    expect(swiped('touch', [190, 10], [150, 12], [100, 12])).toMatchObject({ right: 0, left: 1 });
  });

  it('that goes not far, or down, is none', () => {
    expect(swiped('touch', [100, 10], [140, 10])).toMatchObject({ right: 0, left: 0 });
    expect(swiped('touch', [100, 10], [120, 80], [180, 160])).toMatchObject({ right: 0 });
  });

  it('is for fingers: a mouse selects text', () => {
    expect(swiped('mouse', [100, 10], [190, 10])).toMatchObject({ right: 0 });
  });

  it('lets the row go back to its place', () => {
    expect(swiped('touch', [100, 10], [190, 10]).translate).toBe('');
  });
});
