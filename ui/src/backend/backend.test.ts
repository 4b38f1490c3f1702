import { afterEach, expect, test, vi } from 'vitest';
import { call, on, useDoor } from './backend.ts';
import { browserDoor } from './browser.ts';
import { BackendError } from './error.ts';
import { FakeBackend } from './fake.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  useDoor();
});

test('a refusal keeps its code and what a sentence needs', async () => {
  useDoor({
    // A refusal crosses the door as plain JSON, not as an Error.
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    call: () => Promise.reject({ code: 'too_long', message: 'long', details: { limit: 9 } }),
    listen: () => () => undefined,
  });
  await expect(call('device_status', {})).rejects.toMatchObject({
    code: 'too_long',
    details: { limit: 9 },
  });
});

test('a door that cannot be reached is told apart from what we do not know', () => {
  expect(BackendError.from(new TypeError('Failed to fetch')).code).toBe('unreachable');
  expect(BackendError.from(new Error('odd')).code).toBe('unexpected');
  expect(BackendError.from('odd').code).toBe('unexpected');
});

test('an event reaches its listeners until they stop', () => {
  const fake = new FakeBackend();
  const heard: number[] = [];
  const stopFirst = on('changed', ({ ids }) => heard.push(ids.length));
  const stopSecond = on('changed', () => heard.push(-1));
  fake.emit('changed', { kinds: ['note'], ids: ['a', 'b'], foreign: false });
  stopFirst();
  fake.emit('changed', { kinds: ['note'], ids: [], foreign: false });
  stopSecond();
  fake.emit('changed', { kinds: ['note'], ids: [], foreign: false });
  expect(heard).toEqual([2, -1, -1]);
});

test('the browser door sends the token and hands refusals over', async () => {
  const fetched = vi
    .fn<typeof fetch>()
    .mockResolvedValueOnce(new Response('{"phase":"new"}'))
    .mockResolvedValueOnce(new Response('{"code":"locked","message":"x"}', { status: 422 }))
    .mockResolvedValueOnce(new Response('not found', { status: 404 }));
  vi.stubGlobal('fetch', fetched);
  useDoor(browserDoor('secret'));

  await expect(call('device_status', {})).resolves.toEqual({ phase: 'new' });
  const [address, request] = fetched.mock.calls[0] ?? [];
  expect(address).toBe('/ipc/device_status');
  expect(new Headers(request?.headers).get('x-buurtboek-token')).toBe('secret');
  await expect(call('device_status', {})).rejects.toMatchObject({ code: 'locked' });
  await expect(call('device_status', {})).rejects.toMatchObject({ code: 'unexpected' });
});
