import type { conflicts as nl } from '../nl/conflicts.ts';

export const conflicts: typeof nl = {};
