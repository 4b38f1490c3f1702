import { number } from '../words.ts';

export const neighbourhood = {
  organisations: 'Instanties en verenigingen',
  organisationsText: 'Scholen, verenigingen, corporaties: met wie je werkt in de buurt.',
  organisationsNone: 'Er staan nog geen instanties in.',
  addOrganisation: 'Voeg een instantie toe',
  groups: 'Groepen en huishoudens',
  groupsText: 'Mensen die bij elkaar horen: een gezin, een portiek, een vadergroep.',
  groupsNone: 'Er staan nog geen groepen in.',
  addGroup: 'Voeg een groep toe',
  name: 'Naam',
  groupKind: 'Wat voor groep is het?',
  all: (count: number) => `Toon alle ${number(count)}`,
  filesTitle: 'Inlezen',
  filesText: 'Neem contacten mee uit een ander programma.',
  importContacts: 'Lees contacten in',
  moreTitle: 'Meer',
  conflicts: 'Verschillen tussen collega’s',
  settings: 'Instellingen',
  lock: 'Zet nu op slot',
  scratch: 'Kladblok',
};
