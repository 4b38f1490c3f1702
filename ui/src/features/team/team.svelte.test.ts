import { afterEach, expect, test } from 'vitest';
import { BackendError } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import type { Enrolment, SpaceView, TeamDevice } from '../../backend/index.ts';
import { notices } from '../../shared/index.ts';
import { Devices } from './devices.svelte.ts';
import { Inviting } from './inviting.svelte.ts';
import { qrPath } from './qr.ts';
import { Team } from './team.svelte.ts';

afterEach(() => {
  notices.dismiss();
});

const phone: TeamDevice = {
  id: '0102030405060708',
  person: { member: 'samir', name: 'Samir', me: false },
  name: 'Telefoon',
  platform: 'android',
  app_version: '0.1.0',
  this: false,
  enrolled_at: '2026-11-01T09:00:00Z',
  seen_at: '2026-11-25T08:00:00Z',
  unsent_since: '2026-11-24T16:00:00Z',
  revoked_at: null,
  wiped_at: null,
  may_revoke: true,
};

const team: SpaceView = {
  id: 't',
  name: 'Team Lindenbuurt',
  kind: 'team',
  role: 'manager',
  default: true,
};
const map: SpaceView = { ...team, id: 'm', name: 'Sociale kaart', kind: 'organisation' };

test('a device is signed out only after the question, and then waits to be wiped', async () => {
  const app = new FakeBackend({
    team_devices: () => [phone],
    device_revoke: () => [{ ...phone, revoked_at: '2026-11-25T09:00:00Z', may_revoke: false }],
  });
  const devices = new Devices();
  await devices.list.read();
  expect(devices.ofTeam).toHaveLength(1);
  devices.askRevoke(phone);
  expect(app.calls.map(({ name }) => name)).toEqual(['team_devices']);
  await devices.revoke();
  expect(app.calls.at(-1)).toEqual({ name: 'device_revoke', args: { id: phone.id } });
  expect([devices.revoking, devices.ofTeam, devices.out.length]).toEqual([undefined, [], 1]);
});

test('without a connection the question stays open and the list stays as it was', async () => {
  new FakeBackend({
    team_devices: () => [phone],
    device_revoke: () => {
      throw new BackendError('needs_connection', 'offline');
    },
    device_rename: () => {
      throw new BackendError('needs_connection', 'offline');
    },
  });
  const devices = new Devices();
  await devices.list.read();
  devices.askRevoke(phone);
  await devices.revoke();
  expect(devices.revoking).toBe(phone);
  expect(devices.list.changing.error?.code).toBe('needs_connection');
  devices.stop();
  devices.rename(phone);
  devices.name = 'Telefoon van de zaak';
  await devices.keepName();
  expect([devices.naming, devices.name]).toEqual([phone, 'Telefoon van de zaak']);
  expect(devices.ofTeam).toEqual([phone]);
});

test('the usual invitation is one tap: to write in the team', async () => {
  const app = new FakeBackend({
    invitation_make: () => ({
      id: 'i',
      link: 'https://buurt.example/join#geheim',
      qr: ['10', '01'],
      expires_at: '2026-11-26T09:00:00Z',
      second_look: false,
    }),
  });
  let told = 0;
  const inviting = new Inviting(() => (told += 1));
  inviting.ask([map, team]);
  await inviting.make();
  expect(app.calls).toEqual([
    { name: 'invitation_make', args: { grants: [{ space: 't', role: 'writer' }] } },
  ]);
  expect([inviting.step, told]).toEqual(['made', 1]);
  expect(inviting.message).toContain('https://buurt.example/join#geheim');
  expect(inviting.message).toContain('Team Lindenbuurt');
  inviting.close();
  expect([inviting.step, inviting.message]).toEqual([undefined, '']);
});

test('an invitation to nothing is not made, and one for oneself gives nothing new', async () => {
  const app = new FakeBackend({
    invitation_make: () => {
      throw new BackendError('needs_connection', 'offline');
    },
  });
  const inviting = new Inviting(() => undefined);
  inviting.ask([team]);
  inviting.roles['t'] = 'none';
  await inviting.make();
  expect(app.calls).toEqual([]);
  inviting.own();
  await inviting.make();
  expect(app.calls).toEqual([{ name: 'invitation_make', args: { grants: [] } }]);
  expect([inviting.step, inviting.making.error?.code]).toEqual(['own', 'needs_connection']);
});

test('a manager lets in whoever shows the same number', async () => {
  const lotte: Enrolment = {
    id: 'e',
    phrase: '482 913',
    name: 'Lotte',
    known: false,
    device_name: 'Tablet',
    platform: 'android',
    grants: [],
    asked_at: '2026-11-25T09:00:00Z',
    expires_at: '2026-11-26T09:00:00Z',
    confirmed: false,
  };
  const app = new FakeBackend({
    member_list: () => [],
    invitation_list: () => [],
    enrolment_list: () => [lotte],
    enrolment_confirm: () => [{ ...lotte, confirmed: true }],
  });
  const people = new Team();
  await people.read();
  await people.confirm(lotte);
  expect(app.calls.at(-1)).toEqual({
    name: 'enrolment_confirm',
    args: { id: 'e', phrase: '482 913' },
  });
  expect(people.waiting.value?.[0]?.confirmed).toBe(true);
});

test('a QR code is drawn as bars within its light margin', () => {
  expect(qrPath(['110', '001'])).toBe('M4 4h2v1h-2zM6 5h1v1h-1z');
});
