import { number } from '../words.ts';
import type { neighbourhood as nl } from '../nl/neighbourhood.ts';

export const neighbourhood: typeof nl = {
  organisations: 'Organisations and associations',
  organisationsText: 'Schools, associations, housing: who you work with in the neighbourhood.',
  organisationsNone: 'There are no organisations yet.',
  addOrganisation: 'Add an organisation',
  groups: 'Groups and households',
  groupsText: "People who belong together: a family, a porch, a fathers' group.",
  groupsNone: 'There are no groups yet.',
  addGroup: 'Add a group',
  name: 'Name',
  groupKind: 'What kind of group is it?',
  all: (count) => `Show all ${number(count)}`,
  filesTitle: 'Bring in and take along',
  filesText: 'Import contacts from another program, or take your own data along in a file.',
  importContacts: 'Import contacts',
  exportVcard: 'Contacts (vCard)',
  exportIcs: 'Follow-ups (calendar)',
  exportJsonl: 'Everything (JSON Lines)',
  exportTitle: 'Take along in a file',
  exportWarning: "This file holds people's details, not encrypted. Keep it carefully.",
  exported: (count, path) => `${number(count)} saved in ${path}`,
  moreTitle: 'More',
  conflicts: 'Differences between colleagues',
  settings: 'Settings',
};
