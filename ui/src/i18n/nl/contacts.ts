import { number } from '../words.ts';

export const contacts = {
  listLabel: 'Lijst van contacten',
  pageLabel: 'Contact',
  count: (total: number) => (total === 1 ? '1 contact' : `${number(total)} contacten`),
  countFound: (total: number) => (total === 1 ? '1 gevonden' : `${number(total)} gevonden`),
  search: 'Zoek op naam of straat',
  add: 'Nieuw contact',
  filters: 'Kies wat je ziet',
  street: 'Straat',
  anyStreet: 'Alle straten',
  role: 'Rol',
  anyRole: 'Alle rollen',
  offers: 'Kan helpen met',
  quiet: 'Lang niet gesproken',
  clearFilters: 'Toon weer iedereen',
  letters: 'Naar een letter',
  toLetter: (letter: string) => (letter === '#' ? 'Naar de andere tekens' : `Naar ${letter}`),

  none: 'Nog geen contacten',
  noneText: 'Noteer met wie je sprak. Een naam is genoeg, de rest komt later.',
  captureFirst: 'Noteer je eerste contact',
  importThem: 'Lees een lijst in',
  noMatch: 'Niemand gevonden',
  noMatchText: 'Probeer een ander woord, of toon weer iedereen.',
  pick: 'Kies iemand uit de lijst',

  attention: 'extra aandacht',
  spoken: (when: string) => `gesproken: ${when}`,
  neverSpoken: 'nog niet gesproken',
  lastSpoken: (when: string) => `Laatst gesproken: ${when}`,
  neverSpokenYet: 'Nog niet gesproken',

  talents: 'Krachten',
  noTalents: 'Nog niet bekend wat deze persoon kan of aanbiedt.',
  offered: 'biedt het aan',
  caresAbout: 'Wat belangrijk is',
  languages: 'Talen',
  met: 'Hoe jullie elkaar kennen',
  groups: 'Groepen en huishouden',
  noGroups: 'Hoort nog nergens bij.',
  addGroup: 'Voeg toe: groep of huishouden',
  addToGroup: 'Zet in een groep',
  whichGroup: 'Welke groep of welk huishouden',
  joined: (group: string) => `Staat nu bij ${group}`,
  left: (group: string) => `Staat niet meer bij ${group}`,

  consent: 'Toestemming',
  consentGiven: (name: string, when: string) =>
    when === ''
      ? `${name} vindt het goed dat je dit bewaart.`
      : `${name} vindt het goed dat je dit bewaart. Dat was ${when}.`,
  consentRefused: (name: string, when: string) =>
    when === ''
      ? `${name} wil niet dat je gegevens bewaart. Houd alleen wat zonder naam kan.`
      : `${name} wil niet dat je gegevens bewaart. Dat was ${when}. Houd alleen wat zonder naam kan.`,
  consentNotAsked: (name: string) =>
    `Nog niet gevraagd of ${name} het goed vindt dat je dit bewaart.`,
  changeConsent: 'Wijzig toestemming',
  whatSaid: (name: string) => `Wat zei ${name}?`,
  saidOn: 'Wanneer was dat',
  consentSaved: 'Toestemming bewaard',

  newTitle: 'Nieuw contact',
  nameHint: 'Een voornaam is genoeg.',
  neighbourhood: 'Buurt',
  noNeighbourhood: 'Niet bekend',
  roles: 'Rollen',
  attentionLabel: 'Extra aandacht',
  attentionHint: 'Deze persoon is kwetsbaar. Ga extra zorgvuldig om met wat je opschrijft.',
  addLanguage: 'Een taal erbij',
  talentWhat: 'Wat kan of biedt deze persoon',
  talentOffered: 'Biedt het zelf aan',
  addTalent: 'Voeg een kracht toe',
  removeTalent: (what: string) => `Haal weg: ${what}`,
};
