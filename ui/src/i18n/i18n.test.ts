import { afterEach, expect, test } from 'vitest';
import { en } from './en/index.ts';
import { addDays, agoInWords, clock, dayInWords, dayOf, nextMonday } from './dates.ts';
import { describeError } from './errors.ts';
import { locale } from './locale.svelte.ts';
import { t } from './messages.ts';
import { nl } from './nl/index.ts';

afterEach(() => {
  locale.speak('nl');
});

/** Every sentence with its path; functions are tried with words, which read as numbers too. */
function sentences(node: unknown, path = ''): [string, string][] {
  if (typeof node === 'string') return [[path, node]];
  if (typeof node === 'function') {
    const spoken: unknown = Reflect.apply(node, undefined, ['3', '3', '3']);
    return [[path, String(spoken)]];
  }
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => sentences(value, `${path}.${key}`));
}

test('English says everything that Dutch says', () => {
  expect(sentences(en).map(([path]) => path)).toEqual(sentences(nl).map(([path]) => path));
});

/** How many words each sentence is given, of those that are given any. */
function arities(node: unknown, path = ''): [string, number][] {
  if (typeof node === 'function') return [[path, node.length]];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => arities(value, `${path}.${key}`));
}

test('English is told as much in each sentence as Dutch', () => {
  expect(arities(en)).toEqual(arities(nl));
});

test('no sentence is empty, shouts or apologises', () => {
  for (const [path, sentence] of [...sentences(nl), ...sentences(en)]) {
    expect(sentence.trim(), path).not.toBe('');
    expect(sentence, path).not.toMatch(/!|\bsorry\b|\bhelaas\b/i);
  }
});

test('the language can be changed while the app is open, and an unknown one is Dutch', () => {
  expect(t.common.save).toBe('Bewaar');
  locale.speak('en');
  expect(t.common.save).toBe('Save');
  expect(document.documentElement.lang).toBe('en');
  locale.speak('C');
  expect(t.common.save).toBe('Bewaar');
});

test('days and times are those of Amsterdam, also around midnight and the clock change', () => {
  expect(dayOf('2026-11-23T23:30:00Z')).toBe('2026-11-24');
  expect(clock('2026-11-23T08:12:00Z')).toBe('09:12');
  expect(clock('2026-07-01T08:12:00Z')).toBe('10:12');
  expect(addDays('2026-10-24', 1)).toBe('2026-10-25');
  expect(addDays('2026-10-25', 1)).toBe('2026-10-26');
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
});

test('next week begins on Monday, whatever day it is', () => {
  expect(nextMonday('2026-11-23')).toBe('2026-11-30');
  expect(nextMonday('2026-11-24')).toBe('2026-11-30');
  expect(nextMonday('2026-11-29')).toBe('2026-11-30');
});

test('days are said as people say them', () => {
  const now = new Date('2026-11-23T12:00:00Z');
  expect(dayInWords('2026-11-23', now)).toBe('vandaag');
  expect(dayInWords('2026-11-24', now)).toBe('morgen');
  expect(dayInWords('2026-11-22', now)).toBe('gisteren');
  expect(dayInWords('2026-11-26', now)).toBe('donderdag');
  expect(dayInWords('2026-12-03', now)).toBe('donderdag 3 december');
  expect(dayInWords('2025-03-03', now)).toBe('3 maart 2025');
  expect(agoInWords('2026-11-23T11:59:40Z', now)).toBe('zojuist');
  expect(agoInWords('2026-11-23T11:55:00Z', now)).toBe('5 minuten geleden');
  expect(agoInWords('2026-11-22T15:10:00Z', now)).toBe('gisteren 16:10');
});

test('an error we do not know is said honestly and can be tried again', () => {
  const described = describeError({ code: 'from_the_future' });
  expect(described.text).toBe(t.errors.sentences.unexpected);
  expect(described.code).toBe('from_the_future');
  expect(described.actionLabel).toBe('Probeer opnieuw');
});

test('an error can name its limit', () => {
  expect(describeError({ code: 'too_long', details: { limit: 200 } }).text).toContain('200');
});
