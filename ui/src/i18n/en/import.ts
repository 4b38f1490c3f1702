import type { importing as nl } from '../nl/import.ts';
import { number } from '../words.ts';

const contacts = (count: number): string =>
  count === 1 ? '1 contact' : `${number(count)} contacts`;

export const importing: typeof nl = {
  title: 'Import contacts',
  text: 'Import contacts from another program: a vCard (.vcf), a CSV file or a file that Buurtboek made. You first see what is in it. Nothing is saved yet.',
  choose: 'Choose a file',
  another: 'Choose another file',
  drop: 'Or drop a file here.',
  reading: (name: string) => `Reading ${name}`,
  looking: 'Looking at what is in it',
  unreadableFile:
    'This file cannot be opened. Nothing was saved. See whether it is still there and try again.',
  preview: {
    title: (name: string) => `This is in ${name}`,
    found: (count: number) =>
      count === 1 ? '1 row can be read' : `${number(count)} rows can be read`,
    new: (count: number) => `${number(count)} new`,
    known: (count: number) => `${number(count)} probably known`,
    unreadable: (count: number) => `${number(count)} cannot be read`,
    nothing: 'There is nothing in this file that can be brought in.',
    notAllShown: (shown: number) =>
      `The first ${number(shown)} rows are below. What you choose for all who are known holds for the others too; who is new is added.`,
    space: 'Where do the new contacts go?',
  },
  known: {
    title: 'Probably known',
    text: 'These look like someone you already know. Choose what to do with them.',
    looksLike: 'Looks like',
    question: (name: string) => `What to do with ${name}?`,
    all: 'For all known ones',
    mixed: 'different',
    merge: 'put together',
    new: 'make a new contact',
    skip: 'skip',
  },
  fresh: {
    title: 'New',
    leaveOut: 'Leave out',
    take: 'Take along',
    leaveOutThis: (name: string) => `Leave out: ${name}`,
    takeThis: (name: string) => `Take along: ${name}`,
  },
  unreadable: {
    title: 'Cannot be read',
    line: (line: number) => `Line ${number(line)}`,
    why: {
      no_name: 'there is no name',
      not_a_card: 'this is not the card of a contact',
      not_a_person: 'this is the card of a program or a device',
      bad_encoding: 'the characters cannot be read',
      too_many_columns: 'there are more cells than the header has',
      open_quote: 'a quotation mark is never closed',
      bad_json: 'this is not valid JSON',
      bad_id: 'the number of this record is not right',
      unknown_kind: 'Buurtboek does not know this kind of record',
      not_by_hand: 'Buurtboek keeps this by itself',
      truncated: 'the file stops in the middle of it',
      too_long: 'this row is too long',
      too_many_rows: 'the file has too many rows',
      file_too_big: 'the file is too big',
      other: 'Buurtboek does not understand this row',
    },
  },
  leftOut: {
    words: (what: string) => `left out: ${what}`,
    because: (what: string, why: string) => `${what} (${why})`,
    why: {
      bsn: 'citizen service number',
      too_long: 'too long',
      second: 'there is room for one',
      truncated: 'not complete',
      other: 'does not fit',
    },
    what: {
      name: 'name',
      phone: 'phone',
      email: 'e-mail',
      web: 'website',
      ways: 'phone or e-mail',
      address: 'address',
      street: 'street',
      house_number: 'house number',
      postcode: 'postcode',
      town: 'town',
      language: 'language',
      languages: 'languages',
      talent: 'talent',
      talents: 'talents',
      cares_about: 'what someone cares about',
      note: 'note',
      met: 'how you know someone',
      card: 'part of the card',
      other: 'another field',
    },
  },
  apply: (count: number) => `Import ${contacts(count)}`,
  applyNothing: 'Nothing is chosen to import',
  applying: 'Saving the contacts',
  cancel: 'Not after all',
  more: (count: number) => `Show more (${number(count)} left)`,
  done: {
    title: (count: number) =>
      count === 1
        ? '1 record saved on this device'
        : `${number(count)} records saved on this device`,
    nothing: 'Nothing changed: everything was there already.',
    skipped: (count: number) => `${number(count)} skipped`,
    unread: (count: number) => `${number(count)} could not be read`,
    undo: 'Take the whole import back',
    undone: 'The import was taken back',
    see: 'See your contacts',
  },
  export: {
    title: 'Take along in a file',
    text: 'Such a file holds details of residents, not encrypted. Keep it safe and throw it away when you are done.',
    vcard: 'Contacts (vCard)',
    ics: 'Follow-ups (calendar)',
    icsMine: 'My follow-ups (calendar)',
    icsTeam: 'Follow-ups of the team (calendar)',
    jsonl: 'Everything (for another program)',
    done: (count: number) => (count === 1 ? '1 record is in' : `${number(count)} records are in`),
    nothing: 'There is nothing to take along yet. This file is empty:',
    archived: (count: number) =>
      count === 1
        ? '1 archived record is not in it.'
        : `${number(count)} archived records are not in it.`,
  },
};
