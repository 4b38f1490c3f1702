import type { shell as nl } from '../nl/shell.ts';

export const shell: typeof nl = {
  skip: 'To the content',
  places: 'Places',
  menu: 'Menu',
  today: 'Today',
  contacts: 'Contacts',
  capture: 'Note',
  signals: 'Signals',
  neighbourhood: 'Area',
  records: 'Area',
  search: 'Search',
  sync: 'Update',
  settings: 'Settings',
  importing: 'Import contacts',
  conflicts: 'Differences',
  notices: 'Messages',
  starting: 'Buurtboek is opening',
  notFound: 'This page does not exist',
  notFoundText: 'What was here may have been removed. Choose below where to go.',
  screenFailed: 'This screen cannot be shown',
  screenFailedText: 'Nothing is lost. Go to another screen, or try again.',
};
