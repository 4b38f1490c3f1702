import { list, number } from '../words.ts';

/** Devices, invitations, and who may do what. */
export const team = {
  /** Devices. */
  devicesText: 'Hier zie je welke apparaten bij jou horen. Beheerders zien ook die van hun team.',
  mine: 'Van jou',
  ofTeam: 'Van je team',
  out: 'Afgemeld',
  this: 'dit apparaat',
  version: (platform: string, version: string) => `${platform}, versie ${version}`,
  platform: {
    linux: 'Linux',
    windows: 'Windows',
    macos: 'Mac',
    android: 'Android',
    ios: 'iPhone of iPad',
  } as Record<string, string>,
  seen: 'gezien',
  neverSeen: 'nog niet gezien',
  unsentSince: 'niet verzonden sinds',
  waitsForWipe: 'wacht op wissen',
  wiped: 'gewist',
  addDevice: 'Voeg een apparaat toe',
  rename: 'Wijzig de naam',
  renameOf: (name: string) => `Wijzig de naam van ${name}`,
  renameTitle: 'Hoe heet dit apparaat?',
  deviceName: 'Naam van het apparaat',
  renamed: 'De naam is gewijzigd',
  revoke: 'Meld af',
  revokeOf: (name: string, person: string) => `Meld af: ${name} van ${person}`,
  revokeTitle: (name: string) => `${name} afmelden?`,
  revokeText: (person: string) =>
    `Zodra dit apparaat van ${person} weer verbinding heeft, vernietigt het alles wat Buurtboek daar bewaart. Wat verzonden is, blijft bij het team. Dit kun je niet terugdraaien.`,
  revokeUnsent: 'Er staat nog iets op dat niet verzonden is. Dat gaat dan verloren.',
  revoked: (name: string) => `${name} is afgemeld`,

  /** Invitations. */
  text: 'Wie er meedoen, wat zij mogen, en wie erbij komt.',
  invite: 'Nodig iemand uit',
  inviteTitle: 'Iemand uitnodigen',
  inviteText: 'Kies wat diegene mag. De uitnodiging werkt één keer, en een dag lang.',
  inviteNone: 'Nog niet',
  inviteMake: 'Maak de uitnodiging',
  inviteOwnText:
    'Zo gebruik je Buurtboek ook op een ander apparaat, met dezelfde gegevens. De uitnodiging werkt één keer, en een dag lang.',
  madeTitle: 'De uitnodiging',
  madeOnce: 'Je ziet deze uitnodiging één keer. Geef hem alleen aan wie hem mag gebruiken.',
  madeLook:
    'Het nieuwe apparaat laat straks een getal zien. Vergelijk het met het getal op dit scherm, en laat het apparaat dan toe.',
  message: 'Bericht om te sturen',
  messageText: (spaces: readonly string[], link: string, until: string) =>
    `Je bent uitgenodigd voor ${list(spaces)} in Buurtboek. Open Buurtboek, kies Met een team, en plak dit hele bericht of deze link: ${link} Dat kan één keer, tot ${until}.`,
  messageOwn: (link: string, until: string) =>
    `Buurtboek op een ander apparaat: open Buurtboek daar, kies Met een team, en plak deze link: ${link} Dat kan één keer, tot ${until}.`,
  copyMessage: 'Kopieer het bericht',
  copyLink: 'Kopieer alleen de link',
  copied: 'Gekopieerd',
  copyFailed: 'Kopiëren lukt hier niet. Selecteer de tekst en kopieer die zelf.',
  qr: 'QR-code van de uitnodiging',
  openTitle: 'Uitnodigingen die nog open staan',
  openNone: 'Er staan geen uitnodigingen open.',
  openOwn: (name: string) => `Een ander apparaat van ${name}`,
  grant: (role: string, space: string) => `${role} in ${space}`,
  until: 'geldig tot',
  madeBy: (name: string) => `gemaakt door ${name}`,
  madeByServer: 'gemaakt op de server',
  isWaiting: 'er wacht een apparaat',
  withdraw: 'Trek in',
  withdrawOf: (what: string) => `Trek in: ${what}`,
  withdrawn: 'De uitnodiging werkt niet meer',

  /** The second look. */
  waitingTitle: (name: string) => `${name} wil meedoen`,
  waitingKnown: (name: string) => `${name} wil er een apparaat bij`,
  waitingText:
    'Vraag welk getal op het nieuwe apparaat staat. Is het ditzelfde getal, laat het apparaat dan toe. Bij een ander getal weiger je.',
  waitingOn: (device: string) => `Op: ${device}`,
  confirm: 'Dit getal klopt, laat toe',
  refuse: 'Weiger',
  confirmed: 'Toegelaten. Het apparaat sluit vanzelf aan.',
  refused: 'Geweigerd. Deze uitnodiging werkt niet meer.',

  /** Members. */
  role: { reader: 'lezen', writer: 'lezen en schrijven', manager: 'beheren' } as Record<
    string,
    string
  >,
  roles: {
    reader: {
      label: 'Lezen',
      hint: 'Ziet alles in deze ruimte. Kan niets toevoegen of wijzigen.',
    },
    writer: {
      label: 'Lezen en schrijven',
      hint: 'Kan ook noteren en wijzigen, en wissen wat diegene zelf maakte.',
    },
    manager: {
      label: 'Beheren',
      hint: 'Kan ook alles wissen, mensen uitnodigen, kiezen wat zij mogen, en apparaten afmelden.',
    },
  },
  people: (count: number) => (count === 1 ? '1 persoon' : `${number(count)} mensen`),
  me: (name: string) => (name === '' ? 'jij' : `${name} (jij)`),
  change: 'Wijzig',
  changeOf: (name: string) => `Wijzig wat ${name} mag`,
  changeTitle: (name: string, space: string) => `Wat mag ${name} in ${space}?`,
  what: 'Wat mag diegene?',
  changed: 'Dit geldt vanaf nu',
  take: 'Haal uit deze ruimte',
  takeText: (name: string) =>
    `Op de apparaten van ${name} gaat deze ruimte weg. Wat daar nog niet verzonden was, kan ${name} eerst als bestand bewaren.`,
  taken: (name: string) => `${name} hoort niet meer bij deze ruimte`,
  add: 'Voeg iemand toe',
  addTo: (space: string) => `Voeg iemand toe aan ${space}`,
  addText: 'Mensen uit je andere ruimtes. Iemand die nog niet meedoet, nodig je uit.',
  who: 'Wie?',
  added: (name: string) => `${name} hoort nu ook bij deze ruimte`,

  /** The way here, and on the joining side. */
  toTeam: 'Mensen en rechten',
  toDevices: 'Apparaten',
  someoneWaits: (count: number) =>
    count === 1 ? '1 apparaat wil meedoen' : `${number(count)} apparaten willen meedoen`,
  someoneWaitsText: 'Vergelijk het getal en laat het toe, of weiger.',
  look: 'Kijk wie het is',
  joiningChip: 'Wacht op je team',
  joiningTitle: 'Een beheerder kijkt nog even mee',
  joiningText: (server: string) =>
    `Laat dit getal zien aan een beheerder van je team, of lees het voor aan de telefoon. Staat daar hetzelfde getal, dan laat de beheerder dit apparaat toe op ${server}.`,
  joiningNumber: 'Het getal van dit apparaat',
  joiningMeanwhile: 'Je kunt intussen gewoon beginnen. Aansluiten gaat daarna vanzelf.',
  joiningUntil: 'Dit kan tot',
  joiningCheck: 'Kijk nu',
  joiningStill: 'Nog niet toegelaten. Het wordt vanzelf steeds opnieuw gevraagd.',
  joiningStop: 'Stop met wachten',
  joiningOther: 'Neem een andere uitnodiging',
};
