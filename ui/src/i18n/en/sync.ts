import { number } from '../words.ts';
import type { sync as nl } from '../nl/sync.ts';

export const sync: typeof nl = {
  title: 'Update',
  alone: 'Only on this device',
  upToDate: (when) => `Up to date, ${when}`,
  neverYet: 'Not updated yet',
  unsent: (count) => `${number(count)} not sent yet`,
  busy: 'Updating',
  first: (percent) => `First download, ${percent}%`,
  offlineSince: (when) => `Offline since ${when}`,
  offline: 'Offline',
  problem: 'Updating does not work',
  revoked: 'This device was signed off',
  refused: (count) => `${number(count)} refused`,
};
