import { list } from '../words.ts';

/** Words that every screen may use. */
export const common = {
  appName: 'Buurtboek',
  save: 'Bewaar',
  cancel: 'Annuleer',
  close: 'Sluit',
  back: 'Terug',
  add: 'Voeg toe',
  edit: 'Wijzig',
  remove: 'Haal weg',
  retry: 'Probeer opnieuw',
  undo: 'Ongedaan maken',
  undone: 'Ongedaan gemaakt',
  undoneButFor: (fields: readonly string[]) =>
    `Een collega veranderde intussen: ${list(fields)}. Dat blijft staan.`,
  savedHere: 'Bewaard op dit apparaat',
  cannotOpen: 'Dit apparaat kan dit niet openen. Kopieer het nummer of adres.',
  loading: 'Even laden',
  more: 'Toon meer',
  optional: 'mag leeg blijven',
  show: 'Toon',
  hide: 'Verberg',
  keep: (what: string) => `Neem over: ${what}`,
  kept: (what: string) => `Overgenomen: ${what}`,
  drop: (what: string) => `Laat weg: ${what}`,
  change: (what: string) => `Wijzig: ${what}`,
  pickADay: 'Kies een dag',
  percent: (percent: number) => `${percent} %`,
  doneOfTotal: (done: string, total: string) => `${done} van ${total}`,
  space: {
    livesIn: 'staat in',
    personal: 'alleen van jou',
    device: 'alleen op dit apparaat',
    unnamed: 'zonder naam',
    readOnly: 'je kunt hier alleen lezen',
  },
  mark: {
    unsent: 'nog niet verzonden',
    conflict: 'verschil',
    refused: 'geweigerd',
  },
};
