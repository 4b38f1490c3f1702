import type { neighbourhood as nl } from '../nl/neighbourhood.ts';

export const neighbourhood: typeof nl = {};
