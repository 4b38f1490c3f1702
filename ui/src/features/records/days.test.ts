import { expect, test } from 'vitest';
import { shortDay } from './days.ts';

const now = new Date('2026-11-23T09:00:00Z');

test('a day near is said as people say it, one further away shortly', () => {
  expect(shortDay('2026-11-23', now)).toBe('vandaag');
  expect(shortDay('2026-11-22', now)).toBe('gisteren');
  expect(shortDay('2026-11-26', now)).toBe('donderdag');
  expect(shortDay('2026-11-13', now)).toBe('13 nov');
  expect(shortDay('2025-11-13', now)).toBe('13 nov 2025');
});
