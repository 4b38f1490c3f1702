import { number } from '../words.ts';

export const lock = {
  field: 'Wachtzin of pincode',
  open: 'Open',
  opening: 'Even geduld',
  wait: (seconds: number) =>
    seconds > 90
      ? `Even wachten: nog ${number(Math.ceil(seconds / 60))} minuten.`
      : seconds === 1
        ? 'Even wachten: nog 1 seconde.'
        : `Even wachten: nog ${number(seconds)} seconden.`,
  repair: 'Herstel',
  repairText:
    'Herstel haalt uit het beschadigde bestand wat nog te lezen is. De rest komt weer van je team. Het oude bestand blijft staan.',
  repairing: 'Herstelt',
  repairedTitle: 'Je Buurtboek is hersteld',
  repairedWhole: (count: number) =>
    count === 1 ? '1 ding is heel gebleven.' : `${number(count)} dingen zijn heel gebleven.`,
  repairedAgain: (count: number) =>
    count === 1
      ? '1 ding komt straks weer van je team.'
      : `${number(count)} dingen komen straks weer van je team.`,
  repairedLost: 'Dit was nog niet verzonden en is niet meer te lezen:',
  repairedNameless: 'iets zonder naam',
  title: 'Slot',
  text: 'Op slot laat Buurtboek niets zien. Dan vraagt het weer om je wachtzin of pincode.',
  after: 'Vanzelf op slot',
  afterHint: 'Als je zo lang niets doet.',
  minutes: (count: number) => (count === 1 ? 'na 1 minuut' : `na ${number(count)} minuten`),
  now: 'Zet nu op slot',
  change: 'Kies een andere wachtzin',
  changeText: 'Alles blijft staan. Vanaf nu opent alleen de nieuwe wachtzin dit Buurtboek.',
  changeDo: 'Neem de nieuwe',
  changed: 'De nieuwe wachtzin geldt vanaf nu',
  old: 'Je wachtzin tot nu toe',
  new: (pin: boolean): string => (pin ? 'Nieuwe wachtzin of pincode' : 'Nieuwe wachtzin'),
  newHint: (pin: boolean): string =>
    pin
      ? 'Minstens zes tekens. Een zin van vier woorden is sterk en te onthouden.'
      : 'Minstens twaalf tekens, niet alleen cijfers. Een zin van vier woorden is sterk en te onthouden.',
  longerTitle: 'Kies een langere wachtzin',
  longerText:
    'Je wachtzin is kort. Op dit apparaat beschermt alleen die zin wat je bewaart. Wie het bestand steelt, kan een korte zin raden.',
  longerChoose: 'Kies een langere',
  longerNot: 'Houd deze',
  again: 'Nog een keer',
  differs: 'Dit is niet hetzelfde als hierboven.',
  wipedTitle: 'Dit apparaat is afgemeld',
  wipedText:
    'Een beheerder van je team heeft dit apparaat afgemeld. Daarom is alles wat Buurtboek hier bewaarde vernietigd. Wat verzonden was, staat veilig bij je team.',
  wipedUnsent: (count: number) =>
    count === 1
      ? 'Eén ding was nog niet verzonden. Dat is er niet meer.'
      : `${number(count)} dingen waren nog niet verzonden. Die zijn er niet meer.`,
  wipedTold: 'Je team weet dat het gedaan is.',
  wipedUntold: 'Je team hoort het zodra er verbinding is.',
  renew: 'Begin opnieuw',
  renewText: 'Wil je weer meedoen? Vraag je team om een nieuwe uitnodiging.',
};
