export const erase = {
  /** On a record's page. */
  toErase: 'Wissen',

  /** Before: what will be gone, and where. */
  title: (name: string) => `${name} wissen`,
  forGood: 'Wissen is voor altijd. Je kunt het niet ongedaan maken.',
  where: 'Waar het weggaat',
  here: 'Op dit apparaat: met geschiedenis, en ook uit het zoeken.',
  everywhere: (space: string, colleagues: number) =>
    colleagues === 0
      ? `Op de server van ${space}, en op je andere apparaten zodra die verbinding hebben.`
      : `Op de server van ${space}, en op de apparaten van ${
          colleagues === 1 ? 'je collega' : `je ${colleagues} collega’s`
        } zodra die verbinding hebben.`,
  working: 'De woorden gaan uit het bestand. In een groot Buurtboek duurt dat even.',
  notFiles: 'Niet: bestanden die iemand eerder heeft bewaard. Wis die zelf.',
  only: 'Gaat alleen hierover',
  onlyText: 'Dit gaat mee weg. Haal het vinkje weg bij wat moet blijven.',
  mentions: 'Noemt dit ook',
  mentionsText: 'Dit blijft staan, tenzij je iets anders kiest. Kijk ze één voor één na.',
  copies: 'Kopieën in andere ruimtes',
  copiesText: 'Dit is eerder gedeeld. Een kopie gaat mee met wat je wist.',
  aCopy: 'Een kopie',
  copyIn: (what: string, where: string) => `${what}, in ${where}`,
  unseenSpace: 'een ruimte die jij niet ziet',
  copyGoes: 'Gaat mee weg.',
  copyRedacted: 'De naam gaat ook hier uit.',
  askIn: (by: string, space: string) =>
    by === ''
      ? `Kun jij niet wissen. Vraag een beheerder van ${space}.`
      : `Kun jij niet wissen. Vraag ${by} of een beheerder van ${space}.`,
  askThere: (by: string) =>
    by === ''
      ? 'Kun jij niet wissen. Vraag een beheerder van die ruimte.'
      : `Kun jij niet wissen. Vraag ${by} of een beheerder van die ruimte.`,
  private: 'Alleen op dit apparaat',
  privateText: 'Dit is nooit verzonden. Vink aan wat ook weg mag.',
  draft: 'Wat je aan het typen was',
  scratch: 'Op je kladblok',
  linked: 'De verwijzing gaat weg. De tekst noemt geen naam.',
  fate: (title: string) => `Wat doe je met: ${title}`,
  keep: 'Laat staan',
  redactIt: 'Haal de naam weg',
  eraseIt: 'Wis ook',
  askManager: 'Iemand anders maakte dit. Een beheerder kan het wissen.',
  mayNot: 'Dit kan een beheerder wissen',
  mayNotText: (space: string) =>
    `Een collega maakte dit. Vraag een beheerder van ${space} om het te wissen.`,
  count: (count: number) =>
    count === 1 ? 'Er wordt 1 ding gewist.' : `Er worden ${count} dingen gewist.`,
  doIt: 'Wis voor altijd',
  leave: 'Niet wissen',
  done: (count: number) => (count === 1 ? 'Gewist' : `${count} dingen gewist`),

  /** After: how far it is. */
  listTitle: 'Wat er gewist is',
  listText: 'Wat er stond is weg. Hier zie je alleen dat er iets gewist is, en waar nog niet.',
  leftTitle: 'Er staan nog kopieën in andere ruimtes',
  leftText: 'Het origineel is gewist. Deze kopieën zijn er nog.',
  leftMay: 'Deze kun jij wissen. Open de kopie.',
  none: 'Nog niets gewist',
  noneText: 'Vraagt iemand om zijn gegevens te wissen, doe dat dan op de pagina van die persoon.',
  toList: 'Wat er gewist is',
  record: 'iets',
  by: (what: string, who: string) =>
    who === '' ? `${what}, gewist` : `${what}, gewist door ${who}`,
  byMe: (what: string) => `${what}, gewist door jou`,
  waiting: 'Hier gewist. De andere apparaten horen het zodra er verbinding is.',
  onlyHere: 'Gewist op dit apparaat.',
  carried: 'Gewist op de server. Hoe ver de andere apparaten zijn, zie je met verbinding.',
  everywhereDone: (devices: number) =>
    devices === 1 ? 'Gewist op het enige apparaat.' : `Gewist op alle ${devices} apparaten.`,
  partly: (done: number, devices: number) => `Gewist op ${done} van ${devices} apparaten.`,
  lastSeen: (when: string) => `Het apparaat dat het langst weg is, was er voor het laatst ${when}.`,
  stillOn: 'Nog niet gewist op:',
  deviceOf: (device: string, person: string) => `${device} van ${person}`,
  deviceSeen: (device: string, when: string) => `${device}, laatst gezien ${when}`,
  neverSeen: (device: string) => `${device}, nog niet gezien`,
  refused: 'De server wiste dit niet. Het staat weer op dit apparaat.',
  partBy: (what: string, who: string) =>
    who === '' ? `Woorden uit ${what}, weggehaald` : `Woorden uit ${what}, weggehaald door ${who}`,
  partByMe: (what: string) => `Woorden uit ${what}, weggehaald door jou`,
  partWaiting: 'Hier uit het zicht. Voor altijd weg zodra er verbinding is.',
  partRefused:
    'De server haalde ze niet weg uit de geschiedenis: dat kan alleen wie het maakte of een beheerder. Uit de tekst zijn ze wel.',
  notAsked: 'Er is geen verbinding. Hoe ver andere apparaten zijn, is nu niet te zien.',
  lostTitle: 'Een collega wiste iets wat jij had veranderd',
  lost: (what: string, who: string, when: string) =>
    `${who === '' ? 'Iemand' : who} wiste ${when} een ${what}. Wat jij daarin schreef en nog niet verzonden was, is mee gewist.`,
  understood: 'Begrepen',
};
