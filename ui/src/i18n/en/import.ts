import type { importing as nl } from '../nl/import.ts';

export const importing: typeof nl = {};
