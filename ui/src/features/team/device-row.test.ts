import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, expect, it } from 'vitest';
import type { TeamDevice } from '../../backend/index.ts';
import DeviceRow from './DeviceRow.svelte';
import { Devices } from './devices.svelte.ts';

const phone: TeamDevice = {
  id: '0102030405060708',
  person: { member: 'm1', name: 'Samir', me: false },
  name: 'Telefoon',
  platform: 'android',
  app_version: '0.1.0',
  this: false,
  enrolled_at: '2026-11-01T08:00:00Z',
  seen_at: '2026-11-25T07:30:00Z',
  unsent_since: '2026-11-24T16:00:00Z',
  revoked_at: null,
  wiped_at: null,
  may_revoke: true,
};

afterEach(cleanup);

it('says since when a device holds something that it could not send', () => {
  render(DeviceRow, { device: phone, devices: new Devices() });
  const line = screen.getByText(/niet verzonden sinds/);
  expect(line.querySelector('time')?.dateTime).toBe('2026-11-24T16:00:00Z');
});

it('says nothing of it when everything was sent, or nothing is left of it', () => {
  render(DeviceRow, { device: { ...phone, unsent_since: null }, devices: new Devices() });
  const wiped = { revoked_at: '2026-11-25T08:00:00Z', wiped_at: '2026-11-25T08:01:00Z' };
  render(DeviceRow, { device: { ...phone, ...wiped }, devices: new Devices() });
  expect(screen.queryByText(/niet verzonden sinds/)).toBeNull();
});
