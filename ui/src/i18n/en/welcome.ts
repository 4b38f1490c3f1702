import type { welcome as nl } from '../nl/welcome.ts';

export const welcome: typeof nl = {
  title: 'Welcome to Buurtboek',
  step: (step, of) => `Step ${step} of ${of}`,
  next: 'Continue',
  back: 'Back',
  language: 'Which language do you want to work in?',
  dutch: 'Nederlands',
  english: 'English',
  name: 'What is your name?',
  nameHint: 'This is how colleagues see who wrote something. It may stay empty.',
  passphraseTitle: (pin) => (pin ? 'Choose a passphrase or PIN' : 'Choose a passphrase'),
  passphrase: (pin) => (pin ? 'Passphrase or PIN' : 'Passphrase'),
  passphraseHint: (pin) =>
    pin
      ? 'At least six characters. Buurtboek encrypts everything on this device with it.'
      : 'At least twelve characters, such as four words. On this device only this phrase protects what you keep. That is why a PIN is not enough.',
  again: 'Once more',
  differs: 'This is not the same. Type it once more.',
  tooShort: (pin) =>
    pin
      ? 'Still too short: at least six characters.'
      : 'Still too short: at least twelve characters.',
  onlyDigits: 'A number alone is guessed too easily. Add words to it.',
  weak: 'Enough to begin with. A sentence of four words is much stronger.',
  fair: 'Fair. One more word makes it strong.',
  strong: 'Strong.',
  noRecoveryTitle: 'Nobody can recover this passphrase',
  noRecovery:
    'Not your team, nor the makers of Buurtboek. If you lose it, this device cannot be opened any more. Write it down and keep the note at home.',
  teamTitle: 'Alone or with a team?',
  alone: 'Only on this device',
  aloneHint: 'You can join a team later. Everything comes along.',
  team: 'With a team',
  teamHint: 'You have an invitation from your team.',
  start: 'Begin',
  starting: 'Buurtboek is being prepared',
  join: 'Join and begin',
  joinFailedTitle: 'Your Buurtboek is ready, but joining did not work',
  startAlone: 'Begin alone for now',
};
