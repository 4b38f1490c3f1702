import { number } from '../words.ts';
import type { contacts as nl } from '../nl/contacts.ts';

export const contacts: typeof nl = {
  listLabel: 'List of contacts',
  pageLabel: 'Contact',
  count: (total: number) => (total === 1 ? '1 contact' : `${number(total)} contacts`),
  countFound: (total: number) => `${number(total)} found`,
  search: 'Search by name or street',
  add: 'New contact',
  filters: 'Filters',
  street: 'Street',
  anyStreet: 'All streets',
  role: 'Role',
  anyRole: 'All roles',
  offers: 'Can help with',
  quiet: 'Not spoken for long',
  clearFilters: 'Show everyone again',
  letters: 'To a letter',
  toLetter: (letter: string) => (letter === '#' ? 'To the other characters' : `To ${letter}`),

  none: 'No contacts yet',
  noneText: 'Note whom you spoke with. A name is enough, the rest comes later.',
  captureFirst: 'Note your first contact',
  importThem: 'Import a list',
  noMatch: 'Nobody found',
  noMatchText: 'Try another word, or show everyone again.',
  pick: 'Choose someone from the list',

  attention: 'extra care',
  spoken: (when: string) => `spoken: ${when}`,
  neverSpoken: 'not spoken yet',
  lastSpoken: (when: string) => `Last spoken: ${when}`,
  neverSpokenYet: 'Not spoken yet',

  talents: 'Talents',
  noTalents: 'Not known yet what this person can do or offers.',
  offered: 'offers it',
  caresAbout: 'What matters to them',
  languages: 'Languages',
  met: 'How you met',
  groups: 'Groups and household',
  noGroups: 'Does not belong to any yet.',
  addGroup: 'Add: group or household',
  addToGroup: 'Put in a group',
  whichGroup: 'Which group or household',
  joined: (group: string) => `Now belongs to ${group}`,
  left: (group: string) => `No longer belongs to ${group}`,

  consent: 'Consent',
  consentGiven: (name: string, when: string) =>
    when === ''
      ? `${name} agrees that you keep this.`
      : `${name} agrees that you keep this. That was ${when}.`,
  consentRefused: (name: string, when: string) =>
    when === ''
      ? `${name} does not want you to keep details. Keep only what needs no name.`
      : `${name} does not want you to keep details. That was ${when}. Keep only what needs no name.`,
  consentNotAsked: (name: string) => `Not asked yet whether ${name} agrees that you keep this.`,
  changeConsent: 'Edit consent',
  whatSaid: (name: string) => `What did ${name} say?`,
  saidOn: 'When was that',
  consentSaved: 'Consent saved',

  newTitle: 'New contact',
  nameHint: 'A first name is enough.',
  neighbourhood: 'Neighbourhood',
  noNeighbourhood: 'Not known',
  roles: 'Roles',
  attentionLabel: 'Extra care',
  attentionHint: 'This person is vulnerable. Be extra careful with what you write down.',
  addLanguage: 'Another language',
  talentWhat: 'What this person can do or offers',
  talentOffered: 'Offers it',
  addTalent: 'Add a talent',
  removeTalent: (what: string) => `Remove: ${what}`,
};
