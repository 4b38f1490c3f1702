import type { share as nl } from '../nl/share.ts';

export const share: typeof nl = {
  title: 'Shared',
  begin: 'Share',
  none: 'This is not shared with anyone outside this space.',
  ask: 'Share a copy',
  where: 'With whom?',
  what: 'What do you give along?',
  lastDay: 'Last day',
  lastDayHint: 'After it the copy goes by itself.',
  lastDayOutside:
    'People from outside your organisation read along here. Rather choose a day on which the copy goes.',
  seen: 'This is what they see there',
  author: 'shared by',
  notSeen: 'Nothing else: no history, no other notes, not where it comes from.',
  do: 'Share this copy',
  shared: (space) => `Shared with ${space}`,
  madeBy: (name, when) => (name === '' ? `shared ${when}` : `shared by ${name}, ${when}`),
  until: (day) => `up to and including ${day}`,
  revoke: 'Take back',
  revoked: 'The copy was taken back',
  gone: (when) => `taken back ${when}`,
  toCopy: 'Look at the copy',
  isCopy: (name) => (name === '' ? 'This is a shared copy.' : `This is a copy, shared by ${name}.`),
  toOriginal: 'Go to the original',
};
