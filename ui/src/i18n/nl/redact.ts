export const redact = {
  /** On a record's page. */
  toRedact: 'Woorden weghalen',

  title: (name: string) => `Woorden weghalen uit ${name}`,
  forGood:
    'Wat je weghaalt is voor altijd weg, ook uit alles wat hier eerder stond. De rest blijft. Je kunt het niet ongedaan maken.',
  where: 'Waaruit?',
  howMuch: 'Wat haal je weg?',
  some: 'Een paar woorden',
  all: 'Alles wat daar staat',
  words: 'Welke woorden?',
  wordsHint: 'Typ ze over, bijvoorbeeld een naam. Ze gaan overal weg waar ze daar staan.',
  instead: 'Wat komt er in de plaats?',
  insteadHint: 'Je mag dit leeg laten.',
  somebody: 'iemand',
  left: 'Dit blijft staan',
  empty: 'Er blijft niets over.',
  now: 'Zo komt het er te staan.',
  earlier:
    'Deze woorden staan er nu niet. Ze staan nog wel in de geschiedenis, en gaan daaruit weg.',
  never: 'Deze woorden staan hier niet, en stonden er ook nooit.',
  copies: 'Dit staat ook ergens anders',
  copiesText: 'Vink aan waar je hetzelfde weghaalt.',
  copyIn: (space: string) => `De kopie in ${space}`,
  originalIn: (space: string) => `Het origineel in ${space}`,
  copyNotYours: (space: string) =>
    `In ${space} staat een kopie. Alleen wie die deelde en een beheerder daar kunnen hier iets uithalen.`,
  what: 'Wat er gebeurt',
  here: 'Op dit apparaat verdwijnen de woorden meteen.',
  everywhere: (space: string, colleagues: number) =>
    colleagues === 0
      ? `Bij de volgende verbinding gaan ze ook weg op de server van ${space} en op je andere apparaten.`
      : `Bij de volgende verbinding gaan ze ook weg op de server van ${space} en op de apparaten van ${
          colleagues === 1 ? 'je collega' : `je ${colleagues} collega’s`
        }.`,
  meanwhile:
    'Schreef een collega intussen iets anders, dan blijft dat. Staan de woorden er weer in, dan wordt dat stuk apart gezet. Je collega ziet dat.',
  history: 'Wie wanneer wat veranderde, is daarna weg. Wie dit maakte en wanneer, blijft.',
  notFiles: 'Niet: bestanden die iemand eerder heeft bewaard. Wis die zelf.',
  doIt: 'Haal weg voor altijd',
  leave: 'Niet weghalen',
  done: 'De woorden zijn weg',
  doneWaiting: 'De woorden zijn hier weg. De andere apparaten volgen zodra er verbinding is.',
  mayNot: 'Dit kan een beheerder doen',
  mayNotText: (space: string) =>
    `Een collega maakte dit. Vraag een beheerder van ${space} om er woorden uit te halen.`,
  nothing: 'Hier staan geen woorden.',

  /** Edits that were kept aside. */
  said: 'Je schreef:',
  asideText:
    'Er zijn woorden weggehaald die hier weer in staan. Wat je schreef, is apart gezet. Schrijf het zo nodig opnieuw, zonder die woorden.',
  throwAway: 'Gooi weg',
  thrownAway: 'Weggegooid',
};
