import type { scratch as nl } from '../nl/scratch.ts';
import { number } from '../words.ts';

export const scratch: typeof nl = {
  title: 'Scratchpad',
  text: 'For yourself. What stands here stays on this device: it is not sent, not searched and not part of a file.',
  new: 'Write something down for yourself',
  add: 'Add it',
  none: 'Your scratchpad is empty.',
  noneText: 'Useful for what you do not want to share with your team yet.',
  leaves: (days) => (days <= 1 ? 'goes within a day' : `goes in ${number(days)} days`),
  written: (when) => `written ${when}`,
  edit: 'Write on',
  editTitle: 'Write on',
  keep: 'Make it a note',
  kept: 'It is an ordinary note now',
  undone: 'It is on your scratchpad again',
  remove: 'Throw away',
  removed: 'Thrown away',
  term: 'Goes by itself',
  termHint: 'After so many days without a word added.',
  days: (count) => (count === 1 ? 'after 1 day' : `after ${number(count)} days`),
};
