import { afterEach, expect, test } from 'vitest';
import { href, parentOf, parse, router } from './router.svelte.ts';

afterEach(() => {
  router.replace('capture');
});

test('an address says where it leads and reads back the same', () => {
  const address = href('contacts', ['0190/a b'], { text: 'fá & co' });
  expect(parse(address)).toEqual({
    screen: 'contacts',
    path: ['0190/a b'],
    query: { text: 'fá & co' },
  });
});

test('the app opens on capture, and an unknown address is no place', () => {
  expect(parse('').screen).toBe('capture');
  expect(parse('#token=abc').screen).toBe('capture');
  expect(parse('#/').screen).toBe('capture');
  expect(parse('#/elsewhere/1').screen).toBeUndefined();
  expect(parse('#/contacts/%E0%A4%A').path).toEqual(['%E0%A4%A']);
});

test('without a history, back leads from a record to its list and from a tool to its place', () => {
  expect(parentOf(parse('#/contacts/c1'))).toBe('contacts');
  expect(parentOf(parse('#/records/note/n1'))).toBe('neighbourhood');
  expect(parentOf(parse('#/settings'))).toBe('neighbourhood');
  expect(parentOf(parse('#/capture?about=c1'))).toBe('today');
  expect(parentOf(parse('#/contacts'))).toBeUndefined();
  expect(parentOf(parse('#/elsewhere'))).toBeUndefined();
});

test('a filter changes the address without a step to undo', () => {
  const steps = history.length;
  router.replace('contacts', [], { text: 'fat' });
  expect(router.route.query).toEqual({ text: 'fat' });
  expect(history.length).toBe(steps);
});
