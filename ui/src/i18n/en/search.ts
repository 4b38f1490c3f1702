import type { search as nl } from '../nl/search.ts';

export const search: typeof nl = {};
