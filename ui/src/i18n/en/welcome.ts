import type { welcome as nl } from '../nl/welcome.ts';

export const welcome: typeof nl = {};
