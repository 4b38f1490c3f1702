import type { nl } from '../nl/index.ts';

export const redact: typeof nl.redact = {
  toRedact: 'Take words out',

  title: (name) => `Take words out of ${name}`,
  forGood:
    'What you take out is gone for good, also from everything that was here before. The rest stays. This cannot be undone.',
  where: 'Out of what?',
  howMuch: 'What do you take out?',
  some: 'A few words',
  all: 'Everything that is there',
  words: 'Which words?',
  wordsHint: 'Type them, for instance a name. They go wherever they stand there.',
  instead: 'What comes in their place?',
  insteadHint: 'You may leave this empty.',
  somebody: 'somebody',
  left: 'This stays',
  empty: 'Nothing is left.',
  now: 'This is what it will say.',
  earlier: 'These words are not here now. They are in the history, and go out of that.',
  never: 'These words are not here, and never were.',
  copies: 'This is in other places too',
  copiesText: 'Tick where you take out the same.',
  copyIn: (space) => `The copy in ${space}`,
  originalIn: (space) => `The original in ${space}`,
  copyNotYours: (space) =>
    `There is a copy in ${space}. Only who shared it and a manager there can take something out.`,
  what: 'What happens',
  here: 'On this device the words are gone at once.',
  everywhere: (space, colleagues) =>
    colleagues === 0
      ? `At the next connection they also go on the server of ${space} and on your other devices.`
      : `At the next connection they also go on the server of ${space} and on the devices of ${
          colleagues === 1 ? 'your colleague' : `your ${String(colleagues)} colleagues`
        }.`,
  meanwhile:
    'What a colleague wrote meanwhile stays. If the words are in it again, that part is set aside. Your colleague sees that.',
  history: 'Who changed what and when is gone after this. Who made this and when stays.',
  notFiles: 'Not: files that somebody kept before. Erase those yourself.',
  doIt: 'Take out for good',
  leave: 'Leave it',
  done: 'The words are gone',
  doneWaiting: 'The words are gone here. The other devices follow when there is a connection.',
  mayNot: 'A manager can do this',
  mayNotText: (space) =>
    `A colleague made this. Ask a manager of ${space} to take words out of it.`,
  nothing: 'There are no words here.',

  said: 'You wrote:',
  asideText:
    'Words were taken out that are in this again. What you wrote is set aside. Write it again if needed, without those words.',
  throwAway: 'Throw away',
  thrownAway: 'Thrown away',
};
