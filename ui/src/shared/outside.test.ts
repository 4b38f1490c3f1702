import { afterEach, expect, test } from 'vitest';
import { useDoor } from '../backend/backend.ts';
import { notices } from './notices.svelte.ts';
import { openOutside } from './outside.ts';

afterEach(() => {
  notices.dismiss();
  useDoor();
  document.body.replaceChildren();
});

/** A tap on the words in a link. */
async function tap(link: { href: string; target: string }, open?: () => Promise<void>) {
  const asked: string[] = [];
  useDoor({
    call: () => Promise.reject(new Error('nothing is asked')),
    listen: () => () => undefined,
    ...(open && {
      open: (address: string) => {
        asked.push(address);
        return open();
      },
    }),
  });
  const words = document.createElement('span');
  document.body.append(Object.assign(document.createElement('a'), link));
  document.querySelector('a')?.append(words);
  let stopped = false;
  // Not dispatched: the test's browser would really go there.
  const event = { target: words, preventDefault: () => (stopped = true) };
  await openOutside(event as unknown as MouseEvent);
  return { asked, stopped };
}

test('a phone number that the device cannot call is not swallowed', async () => {
  const call = { href: 'tel:0612345678', target: '_blank' };
  const { asked, stopped } = await tap(call, () => Promise.reject(new Error('no program')));
  expect([asked, stopped]).toEqual([['tel:0612345678'], true]);
  expect(notices.current?.text).toContain('kan dit niet openen');
});

test('a website with http opens, and links inside the app are left alone', async () => {
  const site = { href: 'http://buurt.example/', target: '_blank' };
  expect((await tap(site, () => Promise.resolve())).asked).toEqual(['http://buurt.example/']);
  expect(notices.current).toBeUndefined();
  document.body.replaceChildren();
  const inside = { href: '#/today', target: '' };
  expect(await tap(inside, () => Promise.resolve())).toEqual({ asked: [], stopped: false });
});

test('a browser opens links by itself', async () => {
  const site = { href: 'https://buurt.example/', target: '_blank' };
  expect((await tap(site)).stopped).toBe(false);
});
