import { number } from '../words.ts';

/** The rights of the person written about. */
export const person = {
  /** Consent: what a broker reads aloud or shows. */
  askTitle: (name: string) => `Vraag het ${name}`,
  ask: 'Vraag het',
  askedBy: (who: string) => `Gevraagd door ${who}.`,
  question: 'Mag ik opschrijven wie je bent en wat je vertelt?',
  explain: [
    'Ik schrijf je naam op, hoe ik je bereik, en wat je vertelt.',
    'Mijn team kan het lezen. Anderen lezen het niet.',
    'Ik gebruik het om je te helpen, en om erop terug te komen.',
    'Je mag altijd zien wat er staat. Klopt er iets niet, dan verander ik het. Wil je het weg, dan haal ik het weg.',
    'Zeg je nee? Dan help ik je net zo goed. Ik bewaar dan alleen wat er speelt, zonder je naam.',
  ],
  readAloud: 'Lees voor',
  stopReading: 'Stop met voorlezen',
  showLarge: 'Laat groot zien',
  showSmall: 'Weer gewoon',
  yes: 'Ja, dat mag',
  no: 'Nee, liever niet',
  later: 'Vraag het later',
  asked: 'Bewaard wat er gezegd is',

  /** Why details may be kept. */
  basis: 'Waarom je dit mag bewaren',
  basisNone: 'Nog niet vastgelegd waarom je dit mag bewaren.',
  basisUnknown: 'Nog niet vastgelegd',
  basisBy: (who: string, when: string) =>
    who === '' ? `Vastgelegd ${when}.` : `Vastgelegd door ${who}, ${when}.`,
  basisSaved: 'De reden is bewaard',
  whichBasis: 'Welke reden volgens de privacywet',

  /** Refusal. */
  seeRefusal: 'Bekijk wat er nu gebeurt',

  /** A person's file. */
  file: 'Dossier',
  fileText: (name: string) =>
    `Alles wat over ${name} bewaard is, om te laten zien of mee te geven.`,
  fileMaking: 'Het dossier wordt gemaakt. Dat duurt even.',
  fileMake: 'Maak een dossier',
  fileTitle: (name: string) => `Dossier van ${name}`,
  fileFormat: 'Wat voor bestand',
  filePdf: 'Om te lezen (PDF)',
  filePdfHint: 'In gewone taal, ook voor een schermlezer.',
  fileJson: 'Om mee te nemen (JSON)',
  fileJsonHint: 'Voor een ander programma.',
  fileNames: 'Met de namen van andere bewoners',
  fileNamesHint: 'Meestal niet: zij hebben ook recht op privacy.',
  fileCheck:
    'Namen die in geen contact staan, herkent Buurtboek niet. Lees het dossier door voordat je het geeft.',
  fileMade: (path: string) => `Het dossier staat in ${path}`,
  whoWorked: 'Wie met deze gegevens werkte',
};

/** Somebody does not want to be recorded. */
export const refusal = {
  title: (name: string) => `${name} wil niet dat je gegevens bewaart`,
  text: 'Alleen wat er speelt blijft, zonder naam. De rest gaat weg. Kijk het na en zeg dan ja.',
  otherBasis: 'Er is nog een andere reden',
  otherBasisText: (basis: string) =>
    `Vastgelegd is: ${basis}. Bekijk met je team of dat nog klopt, voordat je iets wist.`,
  stays: 'Wat blijft',
  staysText:
    'Naam, nummer en huisnummer zijn eruit gehaald. Staat er nog iets in waaraan je de persoon herkent? Haal het weg. Maak het leeg als het helemaal weg mag.',
  nothingStays: 'Er is geen notitie die alleen over deze persoon gaat. Er blijft niets.',
  note: (day: string) => `Notitie van ${day}`,
  onlyText: 'Dit gaat weg, ook de notities met de naam erin.',
  count: (count: number) =>
    count === 0
      ? 'Er blijft niets.'
      : count === 1
        ? 'Er blijft 1 notitie zonder naam.'
        : `Er blijven ${number(count)} notities zonder naam.`,
  forGood: (space: string): string =>
    space === ''
      ? 'Wissen is voor altijd.'
      : 'Wissen is voor altijd: hier, op de server en op de apparaten van je collega’s.',
  doIt: 'Wis, en houd alleen wat er speelt',
  later: 'Nu niet',
  done: (count: number) =>
    count === 0
      ? 'Gewist. Er blijft niets.'
      : count === 1
        ? 'Gewist. Er blijft 1 notitie zonder naam.'
        : `Gewist. Er blijven ${number(count)} notities zonder naam.`,
};

/** Who worked with people's details. */
export const audit = {
  title: 'Wie met gegevens werkte',
  text: 'Wie een pagina bekeek, gegevens meenam, deelde of wiste. Niemand kan dit veranderen. Wat er stond, staat er niet bij.',
  asking: 'Vraagt wat anderen deden…',
  ofTeam: (spaces: string) => `Van iedereen in ${spaces}.`,
  ofEverybody: 'Van iedereen die met deze gegevens werkte.',
  ofThisDevice: 'Alleen wat op dit apparaat gedaan is. Een beheerder ziet het van iedereen.',
  notReached: 'Er is nu geen verbinding. Wat anderen sindsdien deden, staat er niet bij.',
  heardLater: (when: string) => `de server hoorde het ${when}`,
  onlyOf: (name: string) => `Alleen van ${name}`,
  pick: 'Zoek één persoon',
  none: 'Nog niets vastgelegd',
  noneText: 'Zodra iemand een pagina van een persoon opent of gegevens meeneemt, staat het hier.',
  more: (left: number) => `Toon meer (nog ${number(left)})`,
  somebody: 'Iemand',
  gone: 'iets wat er niet meer is',
  something: 'iets of iemand',
  administrator: 'Wie de server beheert',
  someone: 'iemand',
  manyRecords: 'alle gegevens',
  /** What was done; the record follows, and who stands before it. */
  action: {
    opened: 'bekeek',
    exported: 'nam mee in een bestand',
    shared: 'deelde',
    share_ended: 'beëindigde het delen van',
    erased: 'wiste',
    redacted: 'haalde tekst weg uit',
    person_file: 'maakte een dossier van',
    consent: 'legde toestemming of reden vast van',
    retention: 'ruimde op na de bewaartermijn:',
  } as Record<string, string>,
  /** What was done with rights and devices, and to whom. */
  rights: {
    invitation_made: (_whom, role) =>
      role === undefined ? 'maakte een uitnodiging' : `nodigde iemand uit om te ${role}`,
    enrolment_confirmed: () => 'liet een wachtend apparaat toe',
    enrolment_refused: () => 'liet een wachtend apparaat niet toe',
    device_enrolled: () => 'meldde een apparaat aan',
    device_revoked: (whom) => `meldde een apparaat van ${whom} af`,
    device_wiped: () => 'heeft een afgemeld apparaat leeggemaakt',
    role_changed: (whom, role) =>
      role === undefined
        ? `veranderde het recht van ${whom}`
        : `gaf ${whom} het recht om te ${role}`,
    member_removed: (whom) => `haalde ${whom} uit de ruimte`,
    backup_restored: () => 'zette een reservekopie terug',
  } as Record<string, ((whom: string, role?: string) => string) | undefined>,
};

/** How long records are kept. */
export const retention = {
  title: 'Bewaartermijnen',
  text: 'Bewaar niet langer dan nodig is. Kies per soort hoe lang. Buurtboek stelt voor wat weg kan, en een beheerder beslist.',
  space: 'In welke ruimte',
  terms: 'Hoe lang je bewaart',
  noTerm: 'Geen termijn',
  months: (months: number) =>
    months % 12 === 0
      ? months === 12
        ? '1 jaar'
        : `${number(months / 12)} jaar`
      : months === 1
        ? '1 maand'
        : `${number(months)} maanden`,
  kind: {
    contact: 'Contacten',
    note: 'Notities',
    follow_up: 'Opvolgingen die klaar zijn',
    signal: 'Signalen die gesloten zijn',
  },
  counts: {
    contact:
      'Vanaf het laatste gesprek. Wie nog een open opvolging of signaal heeft, blijft staan.',
    note: 'Vanaf de dag waarop het gezegd of gezien is.',
    follow_up: 'Vanaf de dag waarop het klaar was.',
    signal: 'Vanaf de dag waarop het gesloten is.',
  },
  suggested: (words: string) => `${words}, zoals veel organisaties`,
  why: 'Waarom zo lang',
  whyHint: 'Bijvoorbeeld de wet, een selectielijst of een afspraak. Mag leeg blijven.',
  change: (kind: string) => `Wijzig: ${kind}`,
  howLong: 'Hoe lang',
  otherMonths: 'Aantal maanden',
  saved: 'De termijn is bewaard',
  managersOnly: 'Alleen een beheerder van de ruimte kan dit wijzigen.',
  due: 'Wat weg kan',
  dueCount: (count: number) =>
    count === 1
      ? '1 ding is lang genoeg bewaard'
      : `${number(count)} dingen zijn lang genoeg bewaard`,
  dueFirst: (count: number) =>
    `Dit zijn de eerste ${number(count)} dingen die lang genoeg zijn bewaard. Er zijn er meer.`,
  dueText: 'Vink aan waarover je beslist. Wis het, of bewaar het langer met een reden.',
  chooseAll: 'Vink alles aan',
  chooseNone: 'Vink alles uit',
  chosen: (count: number) => (count === 0 ? 'Nog niets aangevinkt' : `${number(count)} aangevinkt`),
  along: (count: number) =>
    count === 1
      ? 'Met 1 ding dat alleen hierover gaat.'
      : `Met ${number(count)} dingen die alleen hierover gaan.`,
  copies: (count: number) =>
    count === 1
      ? 'Er is 1 kopie in een andere ruimte.'
      : `Er zijn ${number(count)} kopieën in andere ruimtes.`,
  otherSpace: 'Dit staat in een andere ruimte. Een beheerder daarvan kan het wissen.',
  carryOut: 'Wis…',
  carriedOut: (count: number) => (count === 1 ? 'Gewist' : `${number(count)} dingen gewist`),
  sureTitle: 'Voor altijd wissen?',
  sure: (count: number) =>
    count === 1
      ? 'Je wist 1 ding, met de geschiedenis, op alle apparaten en op de server. Je kunt dit niet ongedaan maken.'
      : `Je wist ${number(count)} dingen, met de geschiedenis, op alle apparaten en op de server. Je kunt dit niet ongedaan maken.`,
  andAlong: (count: number) =>
    count === 1
      ? 'Daarbij gaat 1 ding mee dat alleen daarover gaat.'
      : `Daarbij gaan ${number(count)} dingen mee die alleen daarover gaan.`,
  andCopies: (count: number) =>
    count === 1
      ? 'Er gaat 1 kopie in een andere ruimte mee weg.'
      : `Er gaan ${number(count)} kopieën in andere ruimtes mee weg.`,
  staying: 'Deze kopieën blijven nog staan:',
  copiesLeft: (count: number) =>
    count === 1
      ? '1 kopie staat nog in een andere ruimte, zie Wat er gewist is.'
      : `${number(count)} kopieën staan nog in andere ruimtes, zie Wat er gewist is.`,
  namesElsewhere: 'Namen in andere notities blijven staan, tot ook die lang genoeg bewaard zijn.',
  wipe: 'Wis voor altijd',
  leave: 'Niet wissen',
  keepAsk: 'Bewaar langer…',
  keepLonger: 'Ja, bewaar langer',
  keepTitle: (count: number) =>
    count === 1 ? 'Bewaar dit langer' : `Bewaar ${number(count)} dingen langer`,
  keepHow: 'Hoe lang nog, vanaf vandaag',
  keepWhy: 'Waarom het nog nodig is',
  keepWhyHint: 'Bijvoorbeeld: er loopt een bezwaar, of de persoon vroeg erom.',
  keptSaved: 'Blijft langer bewaard',
  kept: 'Wat je langer bewaart',
  keptUntil: (day: string, by: string) =>
    by === '' ? `Tot en met ${day}` : `Tot en met ${day}, besloten door ${by}`,
  release: 'Niet langer bewaren',
  releaseOf: (title: string) => `Niet langer bewaren: ${title}`,
  released: 'De gewone termijn geldt weer',
  none: 'Er hoeft nu niets weg',
  noneText: 'Zodra iets lang genoeg bewaard is, staat het hier, met de reden.',
  noTerms: 'Nog geen termijnen',
  noTermsText: 'Kies hierboven hoe lang je bewaart. Dan zie je hier wat weg kan.',
  reason: {
    last_spoken: (since: string, term: string) => `Laatst gesproken ${since}, termijn ${term}`,
    recorded: (since: string, term: string) =>
      `Opgeschreven ${since} en niet meer gesproken, termijn ${term}`,
    said: (since: string, term: string) => `Van ${since}, termijn ${term}`,
    closed: (since: string, term: string) => `Afgesloten ${since}, termijn ${term}`,
  } as Record<string, (since: string, term: string) => string>,
};
