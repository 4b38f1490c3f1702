import type { lock as nl } from '../nl/lock.ts';

export const lock: typeof nl = {
  field: 'Passphrase or PIN',
  open: 'Open',
  opening: 'One moment',
};
