import { expect, test } from 'vitest';
import { Heights } from './heights.ts';

test('rows that were never drawn count as the average of those that were', () => {
  const heights = new Heights(50);
  heights.count = 10_000;
  expect(heights.total).toBe(500_000);
  heights.measure(0, 80);
  heights.measure(1, 120);
  expect(heights.total).toBe(1_000_000);
  expect(heights.top(2)).toBe(200);
});

test('a place in the list and the row that stands there agree', () => {
  const heights = new Heights(50);
  heights.count = 1_000;
  for (let index = 0; index < 1_000; index += 3) heights.measure(index, 30 + (index % 7) * 10);
  for (const index of [0, 1, 17, 500, 999]) {
    expect(heights.at(heights.top(index))).toBe(index);
    expect(heights.at(heights.top(index + 1) - 1)).toBe(index);
  }
  expect(heights.at(heights.total + 5_000)).toBe(999);
});

test('a hidden list teaches nothing, and a shorter list forgets its end', () => {
  const heights = new Heights(50);
  heights.count = 3;
  expect(heights.measure(0, 0)).toBe(false);
  expect(heights.measure(2, 90)).toBe(true);
  heights.count = 2;
  expect(heights.total).toBe(100);
  heights.count = 0;
  expect(heights.total).toBe(0);
  expect(heights.at(10)).toBe(0);
});
