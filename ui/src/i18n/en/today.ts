import type { today as nl } from '../nl/today.ts';

export const today: typeof nl = {};
