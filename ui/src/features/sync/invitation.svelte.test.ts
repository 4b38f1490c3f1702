import { expect, test } from 'vitest';
import { FakeBackend } from '../../backend/fake.ts';
import { BackendError, type InvitationView } from '../../backend/index.ts';
import { Invitation } from './invitation.svelte.ts';

const view = (server: string): InvitationView => ({ invitation: `https://${server}/#x`, server });

test('a late answer to an older text never replaces a newer one', async () => {
  const answers: ((view: InvitationView) => void)[] = [];
  new FakeBackend({
    invitation_read: () => new Promise((resolve) => answers.push(resolve)),
  });
  const invitation = new Invitation();
  invitation.text = 'old';
  const old = invitation.readText();
  invitation.text = 'new';
  const newer = invitation.readText();
  answers[1]?.(view('new.example.org'));
  await newer;
  answers[0]?.(view('old.example.org'));
  await old;
  expect(invitation.read?.server).toBe('new.example.org');
});

test('an invitation the app was opened with is read at once', async () => {
  new FakeBackend({ invitation_read: () => view('sync.example.org') });
  const invitation = new Invitation();
  invitation.follow('https://sync.example.org/#x');
  await expect.poll(() => invitation.read?.server).toBe('sync.example.org');
});

test('a link opened once more leaves what was typed since, another one does not', async () => {
  new FakeBackend({ invitation_read: ({ text }) => view(text ?? '') });
  const invitation = new Invitation();
  invitation.follow('een');
  invitation.text = 'getypt';
  invitation.follow('een');
  expect(invitation.text).toBe('getypt');
  invitation.follow('twee');
  await expect.poll(() => invitation.read?.server).toBe('twee');
});

test('a picture of the code fills in the text', async () => {
  const fake = new FakeBackend({ invitation_read: () => view('sync.example.org') });
  const invitation = new Invitation();
  await invitation.readImage(new Blob([Uint8Array.of(1, 2, 3)]));
  expect(fake.calls[0]?.args).toEqual({ text: null, image: 'AQID' });
  expect(invitation.text).toBe('https://sync.example.org/#x');
});

test('a refusal of what was half typed does not stay beside the whole invitation', async () => {
  let refuse: (problem: unknown) => void = () => undefined;
  new FakeBackend({
    invitation_read: ({ text }) =>
      text === 'half'
        ? new Promise<InvitationView>((_, no) => (refuse = no))
        : { invitation: 'whole', server: 'buurt.example' },
  });
  const invitation = new Invitation();
  invitation.text = 'half';
  const first = invitation.readText();
  invitation.text = 'whole';
  await invitation.readText();
  refuse(new BackendError('no_invitation', 'x'));
  await first;
  expect([invitation.read?.server, invitation.reading.error]).toEqual(['buurt.example', undefined]);
});
