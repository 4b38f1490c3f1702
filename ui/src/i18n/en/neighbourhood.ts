import { number } from '../words.ts';
import type { neighbourhood as nl } from '../nl/neighbourhood.ts';

export const neighbourhood: typeof nl = {
  organisations: 'Organisations and associations',
  organisationsText: 'Schools, associations, housing: who you work with in the neighbourhood.',
  organisationsNone: 'There are no organisations yet.',
  addOrganisation: 'Add an organisation',
  groups: 'Groups and households',
  groupsText: "People who belong together: a family, a stairwell, a fathers' group.",
  groupsNone: 'There are no groups yet.',
  addGroup: 'Add a group',
  name: 'Name',
  groupKind: 'What kind of group is it?',
  all: (count) => `Show all ${number(count)}`,
  filesTitle: 'Bring in',
  filesText: 'Bring contacts along from another program.',
  importContacts: 'Import contacts',
  moreTitle: 'More',
  conflicts: 'Differences between colleagues',
  settings: 'Settings',
  lock: 'Lock now',
  scratch: 'Scratchpad',
};
