import type { signals as nl } from '../nl/signals.ts';

export const signals: typeof nl = {};
