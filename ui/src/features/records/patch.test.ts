import { expect, test } from 'vitest';
import { changedFields, equal, overtaken, rebased } from './patch.ts';

test('only fields that differ are sent', () => {
  const before = { name: 'Fatima', street: 'Malakkastraat', town: '', attention: false };
  expect(changedFields(before, { ...before, street: 'Javastraat' })).toEqual({
    street: 'Javastraat',
  });
  expect(changedFields(before, { ...before })).toEqual({});
});

test('an emptied field is sent as null, a switched-off flag as false', () => {
  expect(
    changedFields({ street: 'Javastraat', attention: true }, { street: '', attention: false }),
  ).toEqual({ street: null, attention: false });
});

test('nothing and empty are the same', () => {
  expect(changedFields({ consent: null, roles: [] }, { consent: undefined, roles: [] })).toEqual(
    {},
  );
  expect(equal(undefined, false)).toBe(true);
});

test('of an entry only what differs is sent, and a removed one is null', () => {
  const ways = {
    a: { kind: 'phone', value: '+31611111111', label: '' },
    b: { kind: 'email', value: 'fatima@example.org', label: '' },
  };
  const after = {
    a: { ...ways.a, label: 'werk' },
    c: { kind: 'web', value: 'example.org', label: '' },
  };
  expect(changedFields({ ways }, { ways: after })).toEqual({
    ways: { a: { label: 'werk' }, b: null, c: { kind: 'web', value: 'example.org' } },
  });
});

test('the order of a set means nothing, and an emptied set is an empty set', () => {
  expect(changedFields({ roles: ['a', 'b'] }, { roles: ['b', 'a'] })).toEqual({});
  expect(changedFields({ roles: ['a', 'b'] }, { roles: [] })).toEqual({ roles: [] });
});

test('what a colleague added to a set meanwhile stays', () => {
  expect(rebased(['a', 'b'], ['b', 'c'], ['a', 'b', 'd'])).toEqual(['b', 'd', 'c']);
});

test('fields left alone follow what arrived, a field in hand keeps what is typed', () => {
  const base = { name: 'Fatima', street: 'Javastraat', ways: { a: { value: '1' } } };
  const typed = { ...base, name: 'Fatima el Amrani', ways: { ...base.ways, b: { value: '2' } } };
  const newest = {
    name: 'Fatima A.',
    street: 'Malakkastraat',
    ways: { a: { value: '1' }, c: { value: '3' } },
  };
  expect(rebased(base, typed, newest)).toEqual({
    name: 'Fatima el Amrani',
    street: 'Malakkastraat',
    ways: { a: { value: '1' }, b: { value: '2' }, c: { value: '3' } },
  });
  expect(overtaken(base, typed, newest)).toEqual(['name']);
});

test('an entry taken away stays away when others arrive', () => {
  const base = { a: { value: '1' }, b: { value: '2' } };
  const newest = { ...base, c: { value: '3' } };
  expect(rebased(base, { a: { value: '1' } }, newest)).toEqual({
    a: { value: '1' },
    c: { value: '3' },
  });
});
