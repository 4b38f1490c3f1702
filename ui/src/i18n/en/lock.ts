import type { lock as nl } from '../nl/lock.ts';
import { number } from '../words.ts';

export const lock: typeof nl = {
  field: 'Passphrase or PIN',
  open: 'Open',
  opening: 'One moment',
  wait: (seconds) =>
    seconds > 90
      ? `Too many wrong tries. Wait ${number(Math.ceil(seconds / 60))} minutes.`
      : `Too many wrong tries. Wait ${number(seconds)} seconds.`,
  repair: 'Repair',
  repairText:
    'Repair takes what can still be read from the damaged file. The rest comes from your team again. The old file stays.',
  repairing: 'Repairing',
  repairedTitle: 'Your Buurtboek is repaired',
  repairedWhole: (count) =>
    count === 1 ? '1 thing stayed whole.' : `${number(count)} things stayed whole.`,
  repairedAgain: (count) =>
    count === 1
      ? '1 thing comes from your team again soon.'
      : `${number(count)} things come from your team again soon.`,
  repairedLost: 'This was not sent yet and cannot be read any more:',
  repairedNameless: 'something without a name',
  title: 'Lock',
  text: 'When locked, Buurtboek shows nothing. It then asks for your passphrase or PIN again.',
  after: 'Locks by itself',
  afterHint: 'When you do nothing for this long.',
  minutes: (count) => (count === 1 ? 'after 1 minute' : `after ${number(count)} minutes`),
  now: 'Lock now',
  change: 'Choose another passphrase',
  changeText: 'Everything stays. From now on only the new passphrase opens this Buurtboek.',
  changeDo: 'Take the new one',
  changed: 'The new passphrase counts from now on',
  old: 'Your passphrase until now',
  new: (pin) => (pin ? 'New passphrase or PIN' : 'New passphrase'),
  newHint: (pin) =>
    pin
      ? 'At least six characters. A phrase of four words is strong and easy to remember.'
      : 'At least twelve characters, not only digits. A phrase of four words is strong and easy to remember.',
  longerTitle: 'Choose a longer passphrase',
  longerText:
    'Your passphrase is short. On this device only that phrase protects what you keep. Whoever steals the file can guess a short one.',
  longerChoose: 'Choose a longer one',
  longerNot: 'Keep this one',
  again: 'Once more',
  differs: 'This differs from the one above.',
  wipedTitle: 'This device was signed out',
  wipedText:
    'A manager of your team has signed this device out. Everything that Buurtboek kept here was destroyed. What was sent is safe with your team.',
  wipedUnsent: (count) =>
    count === 1
      ? 'One thing was not sent yet. It is gone.'
      : `${number(count)} things were not sent yet. They are gone.`,
  wipedTold: 'Your team knows that it is done.',
  wipedUntold: 'Your team hears of it as soon as there is a connection.',
  renew: 'Start over',
  renewText: 'To take part again, ask your team for a new invitation.',
};
