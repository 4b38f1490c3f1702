import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BackendError } from '../backend/index.ts';
import { FakeBackend } from '../backend/fake.ts';
import { describeError } from '../i18n/index.ts';
import { notices } from './notices.svelte.ts';
import { saySaved } from './saved.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  notices.dismiss();
  vi.useRealTimers();
});

const saved = { id: 'a', undo: 'u1', records: [] };

test('the line stays long enough and waits while someone is on it', () => {
  notices.say('Bewaard');
  vi.advanceTimersByTime(10_000);
  expect(notices.current?.text).toBe('Bewaard');
  notices.hold();
  vi.advanceTimersByTime(60_000);
  expect(notices.current?.text).toBe('Bewaard');
  notices.resume();
  vi.advanceTimersByTime(13_000);
  expect(notices.current).toBeUndefined();
});

test('taking back undoes the whole action and says so', async () => {
  const fake = new FakeBackend({ action_undo: () => ({ ...saved, undo: null }) });
  saySaved(saved);
  expect(notices.current?.text).toBe('Bewaard op dit apparaat');
  await notices.undo();
  expect(fake.calls).toEqual([{ name: 'action_undo', args: { undo: 'u1' } }]);
  expect(notices.current?.text).toBe('Ongedaan gemaakt');
});

test('what a colleague changed since stays, and that is said', async () => {
  const record = { id: 'c1', kind: 'contact', title: 'Kees' };
  const left = [{ record, path: 'street' }];
  new FakeBackend({ action_undo: () => ({ ...saved, undo: null, left }) });
  saySaved(saved);
  await notices.undo();
  expect(notices.current?.text).toBe(
    'Ongedaan gemaakt. Een collega veranderde intussen: straat. Dat blijft staan.',
  );
});

test('taking back that fails is told, whatever it was', async () => {
  notices.say('Verzet', () => Promise.reject(new BackendError('disk_full', 'full')));
  await notices.undo();
  expect(notices.current?.text).toContain('Dit apparaat is vol');
  expect(notices.current?.undo).toBeUndefined();
  notices.say('Verzet', () => {
    throw new Error('something else');
  });
  await notices.undo();
  expect(notices.current?.text).toBe(describeError({ code: 'unexpected' }).text);
});

test('what cannot be taken back offers no button, and a refusal is explained', async () => {
  saySaved({ ...saved, undo: null });
  expect(notices.current?.undo).toBeUndefined();
  new FakeBackend({
    action_undo: () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      throw { code: 'no_undo', message: 'no' };
    },
  });
  saySaved(saved);
  await notices.undo();
  expect(notices.current?.text).toContain('Dit kan niet meer ongedaan worden gemaakt.');
});
