export const share = {
  title: 'Gedeeld',
  begin: 'Deel',
  none: 'Dit is met niemand buiten deze ruimte gedeeld.',
  ask: 'Deel een kopie',
  where: 'Met wie?',
  what: 'Wat geef je mee?',
  lastDay: 'Laatste dag',
  lastDayHint: 'Daarna verdwijnt de kopie daar vanzelf.',
  lastDayOutside:
    'Hier lezen ook mensen van buiten je organisatie mee. Kies liever een dag waarop de kopie daar verdwijnt.',
  seen: 'Dit is wat ze daar zien',
  author: 'gedeeld door',
  notSeen: 'Verder niets: geen geschiedenis, geen andere notities, niet waar het vandaan komt.',
  do: 'Deel deze kopie',
  shared: (space: string) => `Gedeeld met ${space}`,
  madeBy: (name: string, when: string) =>
    name === '' ? `gedeeld ${when}` : `gedeeld door ${name}, ${when}`,
  until: (day: string) => `tot en met ${day}`,
  revoke: 'Trek in',
  revoked: 'De kopie is ingetrokken',
  gone: (when: string) => `ingetrokken ${when}`,
  toCopy: 'Bekijk de kopie',
  isCopy: (name: string) =>
    name === '' ? 'Dit is een gedeelde kopie.' : `Dit is een kopie, gedeeld door ${name}.`,
  toOriginal: 'Ga naar het origineel',
};
