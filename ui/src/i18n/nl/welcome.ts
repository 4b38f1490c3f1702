export const welcome = {
  title: 'Welkom bij Buurtboek',
  step: (step: number, of: number) => `Stap ${step} van ${of}`,
  next: 'Ga verder',
  back: 'Terug',
  language: 'In welke taal wil je werken?',
  dutch: 'Nederlands',
  english: 'English',
  name: 'Hoe heet je?',
  nameHint: 'Zo zien collega’s wie iets opschreef. Het mag leeg blijven.',
  passphraseTitle: (pin: boolean): string =>
    pin ? 'Kies een wachtzin of pincode' : 'Kies een wachtzin',
  passphrase: (pin: boolean): string => (pin ? 'Wachtzin of pincode' : 'Wachtzin'),
  passphraseHint: (pin: boolean): string =>
    pin
      ? 'Minstens zes tekens. Hiermee versleutelt Buurtboek alles op dit apparaat.'
      : 'Minstens twaalf tekens, bijvoorbeeld vier woorden. Op dit apparaat beschermt alleen deze zin wat je bewaart. Daarom is een pincode niet genoeg.',
  again: 'Nog een keer',
  differs: 'Dit is niet dezelfde. Typ hem nog een keer.',
  tooShort: (pin: boolean): string =>
    pin ? 'Nog te kort: minstens zes tekens.' : 'Nog te kort: minstens twaalf tekens.',
  onlyDigits: 'Alleen cijfers is te makkelijk te raden. Neem er woorden bij.',
  weak: 'Genoeg om te beginnen. Een zin van vier woorden is veel sterker.',
  fair: 'Redelijk. Met een woord erbij is hij sterk.',
  strong: 'Sterk.',
  noRecoveryTitle: 'Niemand kan deze wachtzin terughalen',
  noRecovery:
    'Ook je team en de makers van Buurtboek niet. Ben je hem kwijt, dan gaat dit apparaat niet meer open. Schrijf hem op en bewaar het briefje thuis.',
  teamTitle: 'Alleen of met een team?',
  alone: 'Alleen op dit apparaat',
  aloneHint: 'Je kunt later altijd bij een team. Alles gaat dan mee.',
  team: 'Met een team',
  teamHint: 'Je hebt een uitnodiging van je team.',
  start: 'Begin',
  starting: 'Buurtboek wordt klaargemaakt',
  join: 'Sluit aan en begin',
  joinFailedTitle: 'Je Buurtboek is klaar, maar aansluiten lukte niet',
  startAlone: 'Begin alvast alleen',
};
