import type { contacts as nl } from '../nl/contacts.ts';

export const contacts: typeof nl = {};
