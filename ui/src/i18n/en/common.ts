import { list } from '../words.ts';

import type { common as nl } from '../nl/common.ts';

export const common: typeof nl = {
  appName: 'Buurtboek',
  save: 'Save',
  cancel: 'Cancel',
  close: 'Close',
  back: 'Back',
  add: 'Add',
  edit: 'Edit',
  remove: 'Remove',
  retry: 'Try again',
  undo: 'Undo',
  undone: 'Undone',
  undoneButFor: (fields: readonly string[]) =>
    `A colleague changed meanwhile: ${list(fields)}. That stays.`,
  savedHere: 'Saved on this device',
  cannotOpen: 'This device cannot open this. Copy the number or address.',
  loading: 'Loading',
  more: 'Show more',
  optional: 'may stay empty',
  show: 'Show',
  hide: 'Hide',
  keep: (what) => `Keep: ${what}`,
  kept: (what) => `Kept: ${what}`,
  drop: (what) => `Leave out: ${what}`,
  change: (what) => `Change: ${what}`,
  pickADay: 'Pick a day',
  percent: (percent) => `${percent}%`,
  doneOfTotal: (done, total) => `${done} of ${total}`,
  space: {
    livesIn: 'lives in',
    personal: 'yours alone',
    device: 'on this device only',
    unnamed: 'without a name',
    readOnly: 'you can only read this',
  },
  mark: {
    unsent: 'not sent yet',
    conflict: 'difference',
    refused: 'refused',
  },
};
