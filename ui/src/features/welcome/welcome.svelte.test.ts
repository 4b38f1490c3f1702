import { afterEach, expect, test } from 'vitest';
import { FakeBackend } from '../../backend/fake.ts';
import type { DeviceStatus } from '../../backend/index.ts';
import { device } from '../../shared/index.ts';
import { strengthOf } from './strength.ts';
import { FirstStart } from './welcome.svelte.ts';

afterEach(() => {
  device.settingUp = false;
  device.status = undefined;
});

const open: DeviceStatus = {
  phase: 'open',
  preferences: { language: 'nl', theme: 'auto', text_size: 100 },
  app_version: '0.1.0',
  invitation: null,
  me: null,
  spaces: [],
  pin_is_enough: false,
  ask_longer: false,
};

test('nobody goes on without typing the same passphrase twice', () => {
  const start = new FirstStart();
  start.next();
  start.passphrase = 'vier rode fietsen';
  start.again = 'vier rode fiets';
  expect(start.differs).toBe(false);
  start.next();
  expect(start.step).toBe('passphrase');
  expect(start.differs).toBe(true);
  start.again = 'vier rode fietsen';
  start.next();
  expect(start.step).toBe('team');
});

test('starting alone makes the database once and forgets the passphrase', async () => {
  const fake = new FakeBackend({ device_init: () => open });
  const start = new FirstStart();
  start.name = 'Sanne';
  start.passphrase = 'vier rode fietsen';
  await start.start('nl');
  expect(fake.calls).toEqual([
    {
      name: 'device_init',
      args: { passphrase: 'vier rode fietsen', name: 'Sanne', language: 'nl' },
    },
  ]);
  expect(start.passphrase).toBe('');
  expect(device.settingUp).toBe(false);
});

test('when joining fails the screen stays, and trying again does not start over', async () => {
  const fake = new FakeBackend({
    invitation_read: () => ({ invitation: 'i', server: 's' }),
    device_init: () => open,
    device_join: () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      throw { code: 'offline', message: 'x' };
    },
  });
  const start = new FirstStart();
  start.follow('i');
  await expect.poll(() => start.ready).toBe(true);
  start.passphrase = 'vier rode fietsen';
  await start.start('nl');
  expect(device.settingUp).toBe(true);
  expect(start.starting.error?.code).toBe('offline');

  fake.answer('device_join', () => open);
  await start.start('nl');
  expect(device.settingUp).toBe(false);
  expect(fake.calls.map(({ name }) => name)).toEqual([
    'invitation_read',
    'device_init',
    'device_join',
    'device_join',
  ]);
});

test('length counts for more than strange signs', () => {
  expect(strengthOf('12345', true)).toBe('tooShort');
  expect(strengthOf('123456', true)).toBe('weak');
  expect(strengthOf('aaaaaaaaaaaa', true)).toBe('weak');
  expect(strengthOf('fietsbel 12', true)).toBe('fair');
  expect(strengthOf('de oude brug is rood', true)).toBe('strong');
});

test('a passphrase that stands alone is longer, and more than a number', () => {
  expect(strengthOf('fietsbel 12', false)).toBe('tooShort');
  expect(strengthOf('123456789012', false)).toBe('onlyDigits');
  expect(strengthOf('06-12 34 56 78', false)).toBe('onlyDigits');
  expect(strengthOf('fietsbellenaa', false)).toBe('fair');
  const start = new FirstStart();
  start.next();
  start.passphrase = start.again = '123456789012';
  start.next();
  expect(start.step).toBe('passphrase');
});
