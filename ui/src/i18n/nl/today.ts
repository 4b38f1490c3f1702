import { number } from '../words.ts';

/** "3 dingen te laat, 4 vandaag": what the day asks, in one sentence. */
function sentence(late: number, today: number): string {
  const things = (count: number): string => (count === 1 ? '1 ding' : `${number(count)} dingen`);
  if (late === 0 && today === 0) return 'Niets te laat en niets voor vandaag';
  if (late === 0) return `${things(today)} voor vandaag, niets te laat`;
  if (today === 0) return `${things(late)} te laat, niets voor vandaag`;
  return `${things(late)} te laat, ${number(today)} vandaag`;
}

export const today = {
  list: 'Wat je hebt beloofd',
  page: 'Opvolging',
  pick: 'Kies een opvolging om alles erover te zien.',
  sentence,
  bar: { late: 'te laat', today: 'vandaag', week: 'deze week' },
  picture: (late: number, today: number, week: number) =>
    `${late} te laat, ${today} vandaag, ${week} deze week`,
  doneThisWeek: (count: number) =>
    count === 1
      ? '1 ding afgerond in zeven dagen'
      : `${number(count)} dingen afgerond in zeven dagen`,
  whose: 'Van wie',
  mine: 'Van mij',
  team: 'Team',
  new: 'Opvolging',
  section: {
    late: 'Te laat',
    today: 'Vandaag',
    week: 'Deze week',
    later: 'Later',
    waiting: 'Wacht op anderen',
    signals: 'Signalen die een stap vragen',
  },
  allSignals: 'Alle signalen',
  nothing: 'Niets op te volgen',
  nothingText: 'Wat je belooft in een notitie, zoals “bel dinsdag”, komt hier vanzelf te staan.',
  nothingTeam: 'Het team heeft niets op te volgen',
  late: (days: number) => (days === 1 ? '1 dag te laat' : `${number(days)} dagen te laat`),
  at: (time: string) => `om ${time}`,
  sinceDays: (days: number) => {
    if (days === 0) return 'vandaag beloofd';
    return days === 1 ? 'gisteren beloofd' : `${number(days)} dagen geleden beloofd`;
  },
  sinceWeeks: (weeks: number) => `${number(weeks)} weken geleden beloofd`,
  waitsFor: (whom: string) => `wacht op ${whom}`,
  by: (name: string) => `door ${name}`,
  next: (day: string) => `volgende stap ${day}`,
  done: 'Gedaan',
  doneThis: (what: string) => `Gedaan: ${what}`,
  doneSaved: 'Afgevinkt',
  reopen: 'Zet weer open',
  reopened: 'Staat weer open',
  outcome: 'Wat kwam eruit?',
  outcomeHint: 'Mag leeg blijven.',
  move: 'Verzet',
  moveThis: (what: string) => `Verzet: ${what}`,
  moveTo: 'Naar wanneer?',
  moved: (day: string) => `Verzet naar ${day}`,
  giveTo: 'Wie doet het voortaan?',
  given: (name: string) => `${name} doet het voortaan`,
  tomorrow: 'Morgen',
  nextWeek: 'Volgende week',
  pickADay: 'Kies een dag',
  drop: 'Stop ermee',
  dropped: 'Gestopt',
  dropWhy: 'Waarom stop je ermee?',
  dropHint: 'Zo kan je team het later uitleggen.',
  dropNeedsWhy: 'Schrijf er kort bij waarom.',
  form: {
    title: 'Nieuwe opvolging',
    what: 'Wat ga je doen?',
    whatHint: 'Bijvoorbeeld: bel Fatima over de oversteek.',
    whatNeeded: 'Schrijf op wat je gaat doen.',
    day: 'Wanneer?',
    dayNeeded: 'Kies een dag.',
    time: 'Hoe laat?',
    waiting: 'Wacht je op iemand?',
    waitingHint: 'Wie is er aan zet, als jij het niet bent?',
    about: 'Voor wie?',
    addAbout: 'Zoek iemand',
    saved: 'Opvolging bewaard op dit apparaat',
  },
};
