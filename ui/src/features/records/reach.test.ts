import { expect, test } from 'vitest';
import { addressLine, phoneInWords, routeHref, wayHref } from './reach.ts';

const address = {
  street: 'Malakkastraat',
  house_number: '6',
  postcode: '3531 HM',
  town: 'Utrecht',
};

test('an address reads as one line, without gaps for what is missing', () => {
  expect(addressLine(address)).toBe('Malakkastraat 6, 3531 HM Utrecht');
  expect(addressLine({ ...address, house_number: '', postcode: '' })).toBe(
    'Malakkastraat, Utrecht',
  );
  expect(addressLine({ street: '', house_number: '' })).toBe('');
});

test('a Dutch mobile number is shown as people say it', () => {
  expect(phoneInWords('+31612345678')).toBe('06 12 34 56 78');
  expect(phoneInWords('06-12345678')).toBe('06 12 34 56 78');
  expect(phoneInWords('+3130 123 45 67')).toBe('+3130 123 45 67');
});

test('a number and a mail address can be tapped', () => {
  expect(wayHref({ kind: 'phone', value: '06 - 12 34 56 78', label: '' })).toBe('tel:0612345678');
  expect(wayHref({ kind: 'email', value: 'fatima@example.org', label: '' })).toBe(
    'mailto:fatima@example.org',
  );
  expect(wayHref({ kind: 'other', value: 'via haar zus', label: '' })).toBeUndefined();
});

test('a mail address cannot carry other mail fields, a web address cannot run anything', () => {
  expect(
    wayHref({ kind: 'email', value: 'a@example.org?bcc=b@example.org', label: '' }),
  ).not.toContain('?bcc');
  expect(wayHref({ kind: 'web', value: 'javascript:alert(1)', label: '' })).toBeUndefined();
  expect(wayHref({ kind: 'web', value: 'example.org', label: '' })).toBe('https://example.org/');
});

test('the route is a map page that any device opens, and there is none without a street', () => {
  expect(routeHref(address, 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0)')).toBe(
    'https://maps.apple.com/?daddr=Malakkastraat%206%2C%203531%20HM%20Utrecht',
  );
  expect(routeHref(address, 'Mozilla/5.0 (Linux; Android 15)')).toMatch(
    /^https:\/\/www\.openstreetmap\.org\/search\?query=Malakka/,
  );
  expect(routeHref({ ...address, street: '' })).toBeUndefined();
});
