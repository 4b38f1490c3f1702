import type { capture as nl } from '../nl/capture.ts';

export const capture: typeof nl = {
  question: 'What did you hear or see?',
  about: (name: string) => `This note is about ${name}.`,
  save: 'Save',
  empty: 'There is nothing to save yet.',
  saved: 'Saved on this device',
  undone: 'Undone. Your text is back.',
  draftLost: 'What you type is not safe yet.',
  readingFailed: 'No suggestions right now. Your note can still be saved.',
  offers: {
    title: 'Goes along',
    none: 'Only the note',
    some: (kept: number, all: number) => `${kept} of ${all} goes along`,
    noteOnly: 'Only the note',
    all: 'Take all after all',
    done: 'Done',
  },
  kind: {
    contact: 'contact',
    address: 'address',
    phone: 'phone',
    email: 'e-mail',
    place: 'place',
    signal: 'signal',
    offer: 'offer',
    follow_up: 'follow-up',
  },
  contact: {
    known: 'known',
    knownAt: (street: string) => `known, ${street}`,
    new: 'new',
    which: 'Who is this?',
    makeNew: (name: string) => `${name}, new contact`,
  },
  signal: {
    kind: 'What kind of signal is it?',
    theme: 'Theme',
    noTheme: 'no theme',
  },
  followUp: {
    day: 'When will you come back to it?',
    at: (day: string, time: string) => `${day} at ${time}`,
  },
  place: {
    title: 'Where was it?',
    more: 'More places',
    fewer: 'Fewer places',
  },
  bsn: {
    title: 'There is a citizen service number here',
    text: 'Buurtboek may not keep that number. The law allows it only to those who really need it. The rest of your text stays.',
    remove: 'Remove the number',
    point: 'Show where it is',
  },
};
