import { number } from '../words.ts';

export const person = {
  askTitle: (name: string) => `Ask ${name}`,
  ask: 'Ask it',
  askedBy: (who: string) => `Asked by ${who}.`,
  question: 'May I write down who you are and what you tell me?',
  explain: [
    'I write down your name, how to reach you, and what you tell me.',
    'My team can read it. Others do not read it.',
    'I use it to help you, and to come back to it.',
    'You may always see what it says. Is something wrong, then I change it. Do you want it gone, then I remove it.',
    'Do you say no? Then I help you just as well. I then keep only what is going on, without your name.',
  ],
  readAloud: 'Read aloud',
  stopReading: 'Stop reading',
  showLarge: 'Show it large',
  showSmall: 'Back to normal',
  yes: 'Yes, you may',
  no: 'No, rather not',
  later: 'Ask later',
  asked: 'Saved what was said',

  basis: 'Why you may keep this',
  basisNone: 'Not recorded yet why you may keep this.',
  basisUnknown: 'Not recorded yet',
  basisBy: (who: string, when: string) =>
    who === '' ? `Recorded ${when}.` : `Recorded by ${who}, ${when}.`,
  basisSaved: 'The reason is saved',
  whichBasis: 'Which reason under privacy law',

  seeRefusal: 'See what happens now',

  file: 'File',
  fileText: (name: string) => `Everything that is kept about ${name}, to show or to hand over.`,
  fileMaking: 'The file is being made. That takes a moment.',
  fileMake: 'Make a file',
  fileTitle: (name: string) => `File of ${name}`,
  fileFormat: 'Which kind of file',
  filePdf: 'To read (PDF)',
  filePdfHint: 'In plain words, also for a screen reader.',
  fileJson: 'To take along (JSON)',
  fileJsonHint: 'For another program.',
  fileNames: 'With the names of other residents',
  fileNamesHint: 'Mostly not: they have a right to privacy, too.',
  fileCheck:
    'Buurtboek does not recognise names that stand in no contact. Read the file through before you hand it over.',
  fileMade: (path: string) => `The file is in ${path}`,
  whoWorked: 'Who worked with these details',
};

export const audit = {
  title: 'Who worked with details',
  text: 'Who looked at a page, took details along, shared or erased. Nobody can change this. What it said is not in it.',
  asking: 'Asking what others did…',
  ofTeam: (spaces: string) => `Of everybody in ${spaces}.`,
  ofEverybody: 'Of everybody who worked with these details.',
  ofThisDevice: 'Only what was done on this device. A manager sees it of everybody.',
  notReached: 'There is no connection now. What others did since is not in it.',
  heardLater: (when: string) => `the server heard of it ${when}`,
  onlyOf: (name: string) => `Only of ${name}`,
  pick: 'Find one person',
  none: 'Nothing recorded yet',
  noneText:
    'As soon as somebody opens the page of a person or takes details along, it stands here.',
  more: (left: number) => `Show more (${number(left)} left)`,
  somebody: 'Somebody',
  gone: 'something that is no more',
  something: 'something or somebody',
  administrator: 'The administrator of the server',
  someone: 'somebody',
  manyRecords: 'all details',
  action: {
    opened: 'looked at',
    exported: 'took along in a file',
    shared: 'shared',
    share_ended: 'ended the sharing of',
    erased: 'erased',
    redacted: 'took text out of',
    person_file: 'made a file of',
    consent: 'recorded consent or reason of',
    retention: 'cleared away after its term:',
  } as Record<string, string>,
  rights: {
    invitation_made: (_whom, role) =>
      role === undefined ? 'made an invitation' : `invited somebody: ${role}`,
    enrolment_confirmed: () => 'let a waiting device in',
    enrolment_refused: () => 'turned a waiting device away',
    device_enrolled: () => 'joined with a device',
    device_revoked: (whom) => `signed out a device of ${whom}`,
    device_wiped: () => 'emptied a device that was signed out',
    role_changed: (whom, role) =>
      role === undefined ? `changed the role of ${whom}` : `gave ${whom} a role: ${role}`,
    member_removed: (whom) => `took ${whom} out of the space`,
    backup_restored: () => 'put a backup back',
  } as Record<string, ((whom: string, role?: string) => string) | undefined>,
};

export const retention = {
  title: 'Retention',
  text: 'Keep nothing longer than needed. Choose how long for each kind. Buurtboek proposes what can go, and a manager decides.',
  space: 'In which space',
  terms: 'How long you keep',
  noTerm: 'No term',
  months: (months: number) =>
    months % 12 === 0
      ? months === 12
        ? '1 year'
        : `${number(months / 12)} years`
      : months === 1
        ? '1 month'
        : `${number(months)} months`,
  kind: {
    contact: 'Contacts',
    note: 'Notes',
    follow_up: 'Follow-ups that are finished',
    signal: 'Signals that are closed',
  },
  counts: {
    contact: 'From the last talk. Whoever still has an open follow-up or signal stays.',
    note: 'From the day on which it was said or seen.',
    follow_up: 'From the day on which it was finished.',
    signal: 'From the day on which it was closed.',
  },
  suggested: (words: string) => `${words}, as many organisations do`,
  why: 'Why so long',
  whyHint: 'The law, a selection list or an agreement, for example. May stay empty.',
  change: (kind: string) => `Edit: ${kind}`,
  howLong: 'How long',
  otherMonths: 'Number of months',
  saved: 'The term is saved',
  managersOnly: 'Only a manager of the space can change this.',
  due: 'What can go',
  dueCount: (count: number) =>
    count === 1 ? '1 thing was kept long enough' : `${number(count)} things were kept long enough`,
  dueFirst: (count: number) =>
    `These are the first ${number(count)} things that were kept long enough. There are more.`,
  dueText: 'Tick what you decide about. Erase it, or keep it longer with a reason.',
  chooseAll: 'Tick all',
  chooseNone: 'Untick all',
  chosen: (count: number) => (count === 0 ? 'Nothing ticked yet' : `${number(count)} ticked`),
  along: (count: number) =>
    count === 1
      ? 'With 1 thing that is only about it.'
      : `With ${number(count)} things that are only about it.`,
  copies: (count: number) =>
    count === 1
      ? 'There is 1 copy in another space.'
      : `There are ${number(count)} copies in other spaces.`,
  otherSpace: 'This is in another space. A manager of it can erase it.',
  carryOut: 'Erase…',
  carriedOut: (count: number) => (count === 1 ? 'Erased' : `${number(count)} things erased`),
  sureTitle: 'Erase for good?',
  sure: (count: number) =>
    count === 1
      ? 'You erase 1 thing, with its history, on all devices and on the server. You cannot undo this.'
      : `You erase ${number(count)} things, with their history, on all devices and on the server. You cannot undo this.`,
  andAlong: (count: number) =>
    count === 1
      ? '1 thing that is only about them goes along.'
      : `${number(count)} things that are only about them go along.`,
  andCopies: (count: number) =>
    count === 1
      ? '1 copy in another space goes, too.'
      : `${number(count)} copies in other spaces go, too.`,
  staying: 'These copies still stay:',
  copiesLeft: (count: number) =>
    count === 1
      ? '1 copy is still in another space, see What was erased.'
      : `${number(count)} copies are still in other spaces, see What was erased.`,
  namesElsewhere: 'Names in other notes stay, until those were kept long enough, too.',
  wipe: 'Erase for good',
  leave: 'Do not erase',
  keepAsk: 'Keep longer…',
  keepLonger: 'Yes, keep longer',
  keepTitle: (count: number) =>
    count === 1 ? 'Keep this longer' : `Keep ${number(count)} things longer`,
  keepHow: 'How much longer, from today',
  keepWhy: 'Why it is still needed',
  keepWhyHint: 'For example: an objection is under way, or the person asked for it.',
  keptSaved: 'Is kept longer',
  kept: 'What you keep longer',
  keptUntil: (day: string, by: string) =>
    by === '' ? `Up to and including ${day}` : `Up to and including ${day}, decided by ${by}`,
  release: 'Keep no longer',
  releaseOf: (title: string) => `Keep no longer: ${title}`,
  released: 'The usual term holds again',
  none: 'Nothing has to go now',
  noneText: 'As soon as something was kept long enough, it stands here, with the reason.',
  noTerms: 'No terms yet',
  noTermsText: 'Choose above how long you keep. Then you see here what can go.',
  reason: {
    last_spoken: (since: string, term: string) => `Last spoken ${since}, term ${term}`,
    recorded: (since: string, term: string) =>
      `Recorded ${since} and not spoken since, term ${term}`,
    said: (since: string, term: string) => `From ${since}, term ${term}`,
    closed: (since: string, term: string) => `Closed ${since}, term ${term}`,
  } as Record<string, (since: string, term: string) => string>,
};
export const refusal = {
  title: (name: string) => `${name} does not want you to keep details`,
  text: 'Only what is going on stays, without a name. The rest goes. Look it over, then say yes.',
  otherBasis: 'There is another reason',
  otherBasisText: (basis: string) =>
    `Recorded is: ${basis}. See with your team whether that still holds, before you erase anything.`,
  stays: 'What stays',
  staysText:
    'Name, number and house number were taken out. Does anything else show who it is? Take it out. Empty the field when all of it may go.',
  nothingStays: 'There is no note that is only about this person. Nothing stays.',
  note: (day: string) => `Note of ${day}`,
  onlyText: 'This goes, including the notes with the name in them.',
  count: (count: number) =>
    count === 0
      ? 'Nothing stays.'
      : count === 1
        ? '1 note without a name stays.'
        : `${number(count)} notes without a name stay.`,
  forGood: (space: string): string =>
    space === ''
      ? 'Erasing is for good.'
      : 'Erasing is for good: here, on the server and on the devices of your colleagues.',
  doIt: 'Erase, and keep only what is going on',
  later: 'Not now',
  done: (count: number) =>
    count === 0
      ? 'Erased. Nothing stays.'
      : count === 1
        ? 'Erased. 1 note without a name stays.'
        : `Erased. ${number(count)} notes without a name stay.`,
};
