import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BackendError } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { device, leaving } from '../../shared/index.ts';
import { Cover } from './cover.svelte.ts';
import { lockNow } from './now.ts';
import { Opening } from './opening.svelte.ts';
import { NewPassphrase } from './passphrase.svelte.ts';
import { tellPresence } from './presence.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const OPEN = {
  phase: 'open' as const,
  preferences: { language: 'nl', theme: 'auto', text_size: 100 },
  app_version: '0.1.0',
  pin_is_enough: false,
  ask_longer: false,
  invitation: null,
  me: null,
  spaces: [],
};

test('after too many wrong tries the pause counts down before the next one', async () => {
  const app = new FakeBackend({
    device_unlock: () => {
      throw new BackendError('wrong_passphrase', 'no', { wait: 30 });
    },
  });
  const opening = new Opening(0);
  expect(await opening.open()).toBe(false);
  expect(opening.wait).toBe(30);
  expect(opening.refusal).toContain('klopt niet');
  const stop = opening.count();
  vi.advanceTimersByTime(29_000);
  expect(opening.wait).toBe(1);
  expect(await opening.open()).toBe(false);
  expect(app.calls).toHaveLength(1);
  vi.advanceTimersByTime(1_000);
  stop();
  app.answer('device_unlock', () => OPEN);
  opening.passphrase = 'zonnebloem';
  expect(await opening.open()).toBe(true);
  expect(opening.passphrase).toBe('');
});

test('a damaged book offers a repair, and then opens with the same passphrase', async () => {
  const app = new FakeBackend({
    device_unlock: () => {
      throw new BackendError('damaged', 'damaged');
    },
    device_repair: () => ({ whole: 12, only_here: [], again: [], lost: [] }),
  });
  const opening = new Opening(0);
  opening.passphrase = 'zonnebloem';
  expect(opening.damaged).toBe(false);
  expect(await opening.open()).toBe(false);
  expect(opening.damaged).toBe(true);
  await opening.repair();
  expect(app.calls.at(-1)?.args).toEqual({ passphrase: 'zonnebloem' });
  expect([opening.damaged, opening.refusal, opening.repaired?.whole]).toEqual([
    false,
    undefined,
    12,
  ]);
  app.answer('device_unlock', () => OPEN);
  expect(await opening.open()).toBe(true);
});

test('the new passphrase is typed twice, and nothing of it stays in memory', async () => {
  const app = new FakeBackend({ passphrase_change: () => ({}) });
  const change = new NewPassphrase();
  change.old = 'zonnebloem';
  change.next = 'klaproos';
  change.again = 'klapros';
  expect(change.differs).toBe(false);
  expect(await change.change()).toBe(false);
  expect(change.differs).toBe(true);
  expect(app.calls).toHaveLength(0);
  change.again = 'klaproos';
  expect(await change.change()).toBe(true);
  expect(app.calls[0]?.args).toEqual({ old: 'zonnebloem', new: 'klaproos' });
  expect([change.old, change.next, change.again]).toEqual(['', '', '']);
});

test('a refusal stands at the field it is about', async () => {
  const app = new FakeBackend({
    passphrase_change: () => {
      throw new BackendError('passphrase_short', 'short', { limit: 6 });
    },
  });
  const change = new NewPassphrase();
  await change.change();
  expect(change.newRefusal).toContain('zes tekens');
  expect(change.oldRefusal).toBeUndefined();
  app.answer('passphrase_change', () => {
    throw new BackendError('wrong_passphrase', 'no', { wait: 0 });
  });
  await change.change();
  expect(change.oldRefusal).toContain('klopt niet');
  expect(change.otherError).toBeUndefined();
});

test('after a longer passphrase nothing asks for one any more', async () => {
  device.accept({ ...OPEN, ask_longer: true });
  new FakeBackend({ passphrase_change: () => ({}), device_status: () => OPEN });
  const change = new NewPassphrase();
  change.next = change.again = 'vier rode fietsen';
  expect(await change.change()).toBe(true);
  expect(device.status?.ask_longer).toBe(false);
  device.status = undefined;
});

test('a passphrase that stands alone is refused with what to do', async () => {
  new FakeBackend({
    passphrase_change: () => {
      throw new BackendError('passphrase_short', 'short', { limit: 12 });
    },
  });
  const change = new NewPassphrase();
  await change.change();
  expect(change.newRefusal).toContain('twaalf tekens');
});

test('a touch is told, but not every touch', () => {
  const app = new FakeBackend({ device_active: () => ({}) });
  let now = 0;
  const stop = tellPresence(() => now);
  dispatchEvent(new Event('keydown'));
  now = 9_000;
  dispatchEvent(new Event('pointerdown'));
  expect(app.calls).toHaveLength(1);
  now = 10_000;
  dispatchEvent(new Event('pointerdown'));
  expect(app.calls).toHaveLength(2);
  stop();
  now = 60_000;
  dispatchEvent(new Event('keydown'));
  expect(app.calls).toHaveLength(2);
});

test('a hidden window is covered, a window beside another one is not', () => {
  const cover = new Cover();
  const stop = cover.follow();
  expect(cover.on).toBe(false);
  const hidden = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
  expect(cover.on).toBe(true);
  hidden.mockReturnValue('visible');
  document.dispatchEvent(new Event('visibilitychange'));
  expect(cover.on).toBe(false);
  dispatchEvent(new Event('blur'));
  expect(cover.on).toBe(false);
  vi.stubGlobal('matchMedia', () => ({ matches: true }));
  dispatchEvent(new Event('blur'));
  expect(cover.on).toBe(true);
  dispatchEvent(new Event('focus'));
  expect(cover.on).toBe(false);
  vi.unstubAllGlobals();
  hidden.mockRestore();
  stop();
});

test('what was typed is kept before the app locks', async () => {
  const order: string[] = [];
  new FakeBackend({
    device_lock: () => {
      order.push('locked');
      return { ...OPEN, phase: 'locked' as const };
    },
  });
  const stop = leaving.before(async () => {
    await Promise.resolve();
    order.push('kept');
  });
  await lockNow();
  expect(order).toEqual(['kept', 'locked']);
  stop();
});
