import type { today as nl } from '../nl/today.ts';
import { number } from '../words.ts';

function sentence(late: number, today: number): string {
  const things = (count: number): string => (count === 1 ? '1 thing' : `${number(count)} things`);
  if (late === 0 && today === 0) return 'Nothing late and nothing for today';
  if (late === 0) return `${things(today)} for today, nothing late`;
  if (today === 0) return `${things(late)} late, nothing for today`;
  return `${things(late)} late, ${number(today)} today`;
}

export const today: typeof nl = {
  list: 'What you promised',
  page: 'Follow-up',
  pick: 'Choose a follow-up to see everything about it.',
  sentence,
  bar: { late: 'late', today: 'today', week: 'this week' },
  picture: (late: number, today: number, week: number) =>
    `${late} late, ${today} today, ${week} this week`,
  doneThisWeek: (count: number) =>
    count === 1 ? '1 thing done in seven days' : `${number(count)} things done in seven days`,
  whose: 'Whose',
  mine: 'Mine',
  team: 'Team',
  new: 'Follow-up',
  section: {
    late: 'Late',
    today: 'Today',
    week: 'This week',
    later: 'Later',
    waiting: 'Waiting for others',
    signals: 'Signals that ask for a step',
  },
  allSignals: 'All signals',
  nothing: 'Nothing to follow up',
  nothingText: 'What you promise in a note, such as “call Tuesday”, appears here by itself.',
  nothingTeam: 'The team has nothing to follow up',
  late: (days: number) => (days === 1 ? '1 day late' : `${number(days)} days late`),
  at: (time: string) => `at ${time}`,
  sinceDays: (days: number) => {
    if (days === 0) return 'promised today';
    return days === 1 ? 'promised yesterday' : `promised ${number(days)} days ago`;
  },
  sinceWeeks: (weeks: number) => `promised ${number(weeks)} weeks ago`,
  waitsFor: (whom: string) => `waits for ${whom}`,
  by: (name: string) => `by ${name}`,
  next: (day: string) => `next step ${day}`,
  done: 'Done',
  doneThis: (what: string) => `Done: ${what}`,
  doneSaved: 'Ticked off',
  reopen: 'Open it again',
  reopened: 'Open again',
  outcome: 'What came of it?',
  outcomeHint: 'May stay empty.',
  move: 'Move',
  moveThis: (what: string) => `Move: ${what}`,
  moveTo: 'To when?',
  moved: (day: string) => `Moved to ${day}`,
  giveTo: 'Who does it from now on?',
  given: (name: string) => `${name} does it from now on`,
  tomorrow: 'Tomorrow',
  nextWeek: 'Next week',
  pickADay: 'Pick a day',
  drop: 'Drop it',
  dropped: 'Dropped',
  dropWhy: 'Why do you drop it?',
  dropHint: 'So that your team can explain it later.',
  dropNeedsWhy: 'Write briefly why.',
  form: {
    title: 'New follow-up',
    what: 'What will you do?',
    whatHint: 'For example: call Fatima about the crossing.',
    whatNeeded: 'Write what you will do.',
    day: 'When?',
    dayNeeded: 'Pick a day.',
    time: 'At what time?',
    waiting: 'Are you waiting for someone?',
    waitingHint: 'Whose turn is it, if it is not yours?',
    about: 'For whom?',
    addAbout: 'Find someone',
    saved: 'Follow-up saved on this device',
  },
};
