import type { nl } from '../nl/index.ts';

export const erase: typeof nl.erase = {
  toErase: 'Erase',

  title: (name) => `Erase ${name}`,
  forGood: 'Erasing is for good. It cannot be undone.',
  where: 'Where it goes',
  here: 'On this device: with its history, and from search.',
  everywhere: (space, colleagues) =>
    colleagues === 0
      ? `On the server of ${space}, and on your other devices once they connect.`
      : `On the server of ${space}, and on the devices of ${
          colleagues === 1 ? 'your colleague' : `your ${colleagues} colleagues`
        } once they connect.`,
  working: 'The words are leaving the file. In a large book that takes a moment.',
  notFiles: 'Not: files that someone saved earlier. Erase those yourself.',
  only: 'Only about this',
  onlyText: 'This goes, too. Clear the tick at what has to stay.',
  mentions: 'Names it, too',
  mentionsText: 'This stays unless you choose otherwise. Look at them one by one.',
  copies: 'Copies in other spaces',
  copiesText: 'This was shared before. A copy goes with what you erase.',
  aCopy: 'A copy',
  copyIn: (what, where) => `${what}, in ${where}`,
  unseenSpace: 'a space that you do not see',
  copyGoes: 'Goes, too.',
  copyRedacted: 'The name goes out of this one, too.',
  askIn: (by, space) =>
    by === ''
      ? `Not yours to erase. Ask a manager of ${space}.`
      : `Not yours to erase. Ask ${by} or a manager of ${space}.`,
  askThere: (by) =>
    by === ''
      ? 'Not yours to erase. Ask a manager of that space.'
      : `Not yours to erase. Ask ${by} or a manager of that space.`,
  private: 'Only on this device',
  privateText: 'This was never sent. Tick what may go, too.',
  draft: 'What you were typing',
  scratch: 'On your scratchpad',
  linked: 'The link goes. The text holds no name.',
  fate: (title) => `What happens to: ${title}`,
  keep: 'Leave it',
  redactIt: 'Take the name out',
  eraseIt: 'Erase it, too',
  askManager: 'Someone else made this. A manager can erase it.',
  mayNot: 'A manager can erase this',
  mayNotText: (space) => `A colleague made this. Ask a manager of ${space} to erase it.`,
  count: (count) => (count === 1 ? '1 thing will be erased.' : `${count} things will be erased.`),
  doIt: 'Erase for good',
  leave: 'Do not erase',
  done: (count) => (count === 1 ? 'Erased' : `${count} things erased`),

  listTitle: 'What was erased',
  listText:
    'What was written is gone. Here you only see that something was erased, and where not yet.',
  leftTitle: 'There are still copies in other spaces',
  leftText: 'The original was erased. These copies are still there.',
  leftMay: 'You can erase this one. Open the copy.',
  none: 'Nothing erased yet',
  noneText: 'If someone asks you to erase their details, do so on that person’s page.',
  toList: 'What was erased',
  record: 'something',
  by: (what, who) => (who === '' ? `${what}, erased` : `${what}, erased by ${who}`),
  byMe: (what) => `${what}, erased by you`,
  waiting: 'Erased here. The other devices hear of it once there is a connection.',
  onlyHere: 'Erased on this device.',
  carried: 'Erased on the server. With a connection you see how far the other devices are.',
  everywhereDone: (devices) =>
    devices === 1 ? 'Erased on the only device.' : `Erased on all ${devices} devices.`,
  partly: (done, devices) => `Erased on ${done} of ${devices} devices.`,
  lastSeen: (when) => `The device that has been away longest was last seen ${when}.`,
  stillOn: 'Not erased yet on:',
  deviceOf: (device, person) => `${device} of ${person}`,
  deviceSeen: (device, when) => `${device}, last seen ${when}`,
  neverSeen: (device) => `${device}, not seen yet`,
  refused: 'The server did not erase this. It is back on this device.',
  partBy: (what, who) =>
    who === '' ? `Words of ${what}, taken out` : `Words of ${what}, taken out by ${who}`,
  partByMe: (what) => `Words of ${what}, taken out by you`,
  partWaiting: 'Out of sight here. Gone for good as soon as there is a connection.',
  partRefused:
    'The server did not take them out of the history: only who made it or a manager can. They are out of the text.',
  notAsked: 'There is no connection. How far other devices are cannot be seen now.',
  lostTitle: 'A colleague erased something you had changed',
  lost: (what, who, when) =>
    `${who === '' ? 'Someone' : who} erased ${/^[aeio]/.test(what) ? 'an' : 'a'} ${what} ${when}. What you wrote in it and was not sent yet is erased with it.`,
  understood: 'Understood',
};
