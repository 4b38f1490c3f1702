import { expect, test } from 'vitest';
import type { ContactList, ContactListQuery, ContactRow } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { ContactListing, QUIET_DAYS } from './contact-listing.svelte.ts';

function row(at: number): ContactRow {
  return {
    id: `c${at}`,
    name: `Contact ${at}`,
    address: '',
    roles: [],
    attention: false,
    last_spoken: null,
    mark: { unsent: false, conflict: false, refused: false },
  };
}

function book({ offset, limit }: ContactListQuery, total = 10_000): ContactList {
  const size = Math.max(0, Math.min(limit, total - offset));
  return { total, letters: [], rows: Array.from({ length: size }, (_, at) => row(offset + at)) };
}

test('ten thousand contacts cost one window at a time', async () => {
  const backend = new FakeBackend({ contact_list: (query) => book(query) });
  const listing = new ContactListing();
  await listing.rows.show(0, 20);
  await listing.rows.show(9_980, 9_999);
  expect(listing.rows.total).toBe(10_000);
  expect(listing.rows.row(9_999)?.name).toBe('Contact 9999');
  expect(backend.calls).toHaveLength(2);
});

test('filters add up and start the list at its top', async () => {
  const backend = new FakeBackend({ contact_list: (query) => book(query, 3) });
  const listing = new ContactListing();
  await listing.narrow({ street: 'Javastraat' });
  await listing.narrow({ quiet_days: QUIET_DAYS });
  expect(listing.filtered).toBe(true);
  expect(backend.calls.at(-1)?.args).toMatchObject({
    street: 'Javastraat',
    quiet_days: 90,
    offers: false,
    offset: 0,
  });
  await listing.showEveryone();
  expect(listing.filtered).toBe(false);
  expect(backend.calls.at(-1)?.args).toMatchObject({ street: null, quiet_days: null });
});

test('a slow answer to earlier letters does not overwrite the newest', async () => {
  const waiting: (() => void)[] = [];
  new FakeBackend({
    contact_list: (query) =>
      new Promise((resolve) => {
        waiting.push(() => resolve(book(query, query.text === 'fat' ? 1 : 500)));
      }),
  });
  const listing = new ContactListing();
  const first = listing.narrow({ text: 'f' });
  const second = listing.narrow({ text: 'fat' });
  await Promise.resolve();
  waiting[1]?.();
  await second;
  waiting[0]?.();
  await first;
  expect(listing.rows.total).toBe(1);
});

test('letters stay while the broker is further down, and follow what a colleague adds', async () => {
  let letters = [{ letter: 'A', offset: 0 }];
  new FakeBackend({
    contact_list: (query) => ({ ...book(query), letters: query.offset === 0 ? letters : [] }),
  });
  const listing = new ContactListing();
  await listing.rows.show(0, 20);
  await listing.rows.show(5_000, 5_020);
  expect(listing.letters).toEqual([{ letter: 'A', offset: 0 }]);
  letters = [...letters, { letter: 'B', offset: 1_201 }];
  await listing.rows.refresh();
  expect(listing.letters).toHaveLength(2);
});
