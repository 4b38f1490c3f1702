import { afterEach, expect, test } from 'vitest';
import { href, parse, router } from './router.svelte.ts';

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
  expect(parse('#/').screen).toBe('capture');
  expect(parse('#/elsewhere/1').screen).toBeUndefined();
  expect(parse('#/contacts/%E0%A4%A').path).toEqual(['%E0%A4%A']);
});

test('one step up leads from a record to its list and stops there', () => {
  router.go('contacts', 'c1', { text: 'fat' });
  expect(router.id).toBe('c1');
  expect(router.up()).toBe(true);
  expect(router.route).toEqual({ screen: 'contacts', path: [], query: { text: 'fat' } });
  expect(router.up()).toBe(false);
});
