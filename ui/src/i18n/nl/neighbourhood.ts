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
  filesTitle: 'Inlezen en meenemen',
  filesText:
    'Contacten uit een ander programma inlezen, of je eigen gegevens meenemen in een bestand.',
  importContacts: 'Lees contacten in',
  exportVcard: 'Contacten (vCard)',
  exportIcs: 'Opvolgingen (agenda)',
  exportJsonl: 'Alles (JSON Lines)',
  exportTitle: 'Neem mee in een bestand',
  exportWarning:
    'In dit bestand staan gegevens van mensen, niet versleuteld. Bewaar het zorgvuldig.',
  exported: (count: number, path: string) => `${number(count)} bewaard in ${path}`,
  moreTitle: 'Meer',
  conflicts: 'Verschillen tussen collega’s',
  settings: 'Instellingen',
  lock: 'Zet nu op slot',
  scratch: 'Kladblok',
};
