import { number } from '../words.ts';
import type { sync as nl } from '../nl/sync.ts';

export const sync: typeof nl = {
  alone: 'Only on this device',
  upToDate: (when) => `Up to date, ${when}`,
  neverYet: 'Not updated yet',
  unsent: (count) => `${number(count)} not sent yet`,
  busy: 'Updating',
  first: (percent) => `First download, ${percent}%`,
  offlineSince: (when) => `Offline since ${when}`,
  offline: 'Offline',
  problem: 'Updating does not work',
  revoked: 'This device was signed out',
  refused: (count) => `${number(count)} refused`,

  explain: {
    alone: 'What you write is kept encrypted on this device, and nowhere else.',
    up_to_date: 'Everything was sent and received.',
    waiting: 'Everything is safe on this device and goes along by itself.',
    busy: 'You can simply go on.',
    first: 'You can begin while the rest comes in.',
    offline: 'There is no connection now. Everything is safe on this device and goes along later.',
    problem: 'Everything is safe on this device. It tries again by itself.',
    revoked: 'A manager of your team has signed this device off.',
  },
  now: 'Update now',
  asked: 'Updating has started',
  lastTime: 'Last updated',
  never: 'not yet',
  server: "Your team's server",
  device: 'This device',
  firstLabel: 'First download',
  clockSkew: (minutes) =>
    `The clock of this device differs ${number(minutes)} minutes from the server's. Set the clock, so that the times of your notes are right.`,
  unsentTitle: 'Not sent yet',
  unsentMore: (count) => `And ${number(count)} more.`,
  refusedTitle: 'Refused',
  refusedText: 'These changes were kept aside. Nothing was thrown away.',
  refusedMine: 'from this device',
  refusedTheirs: 'received',
  refusedHere:
    'This device could not trust this change and did not take it in. Everything else is up to date.',
  refusedUnknown: 'A change',
  refusedExport: 'Save as a file',
  exported: (count, path) => `${number(count)} saved in ${path}`,
  teamTitle: 'Your team',
  onlyReading: 'What you note stays on this device. Nobody else sees it.',
  keptTitle: 'Only on this device',
  keptText: (count) =>
    count === 1
      ? 'One thing is only here. Nobody else sees it, and there is no copy.'
      : `${number(count)} things are only here. Nobody else sees them, and there is no copy.`,
  keptBring: (name) => `Put it in ${name}`,
  keptBringOwn: 'Put it in your own space',
  keptAsk: (name) => `Put everything in ${name}?`,
  keptAskOwn: 'Put everything in your own space?',
  keptAskOwnText:
    'You see it on all your devices after this, and nobody else does. You cannot take that back in one go.',
  keptAskText: (name) =>
    `Everybody in ${name} can read it after this. You cannot take that back in one go.`,
  ownText:
    'You can also make a space of your own. What is there, you see on all your devices, and nobody else.',
  ownMake: 'Make your own space',
  ownMade: 'Your own space is there. When you note something you choose where it goes.',
  peopleTitle: 'Who takes part',
  me: (name) => (name === '' ? 'you' : `${name} (you)`),
  role: { reader: 'read', writer: 'read and write', manager: 'manage' },
  space: {
    personal: 'personal',
    team: 'team',
    organisation: 'organisation',
    partnership: 'partnership',
    device: 'this device',
  },
  lostTitle: (name) => `You are no longer part of ${name}`,
  lostText: (count) =>
    count === 1
      ? 'One thing was not sent yet, and no longer can be. Keep it as a file, or remove it.'
      : `These ${number(count)} things were not sent yet, and no longer can be. Keep them as a file, or remove them.`,
  lostExport: 'Keep as a file',
  lostFinish: 'Remove from this device',
  lostAsk: 'Remove without keeping?',
  lostAskText: (count) =>
    count === 1
      ? 'This one thing is nowhere else. After this it is gone.'
      : `These ${number(count)} things are nowhere else. After this they are gone.`,
  defaultSpace: 'new notes go here',
  makeDefault: 'New notes go here',
  lease: (days) =>
    days <= 1
      ? 'This device has had no contact with your team for a long time. Within a day it locks, until there is a connection again. Nothing is lost.'
      : `This device has had no contact with your team for a long time. In ${number(days)} days it locks, until there is a connection again. Nothing is lost.`,
  leaveTitle: 'Stop on this device',
  leaveText:
    'For example when you get another device. What was sent stays with your team. Your scratchpad goes.',
  leave: 'Stop on this device',
  leaveAsk:
    'Everything that Buurtboek keeps on this device is destroyed. To take part again you need a new invitation.',
  leaveLeft: (count) =>
    count === 1
      ? 'One thing was not sent and is nowhere else.'
      : `${number(count)} things were not sent and are nowhere else.`,
  leaveUntold:
    'There is no connection now, so your team does not hear that you stop. What was not sent is lost.',
  leaveAnyway: 'Stop anyway',
  joinTitle: 'Join a team',
  joinText: 'What you have written comes along. Nothing gets lost.',
  name: 'Your name, as colleagues know you',
  join: 'Join',
  joined: 'You now belong to the team',
  joinedAlready: 'This device already belongs to a team',
  joinedAlreadyText: 'Open the invitation on another device, or first leave the team here.',
  invitation: 'Invitation',
  invitationHint: 'Paste the text you received from your team here.',
  invitationImage: 'Choose a picture of the QR code',
  invitationFor: (server) => `This is an invitation for ${server}.`,
  pull: 'Let go to update',
};
