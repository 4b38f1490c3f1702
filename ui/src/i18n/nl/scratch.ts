import { number } from '../words.ts';

export const scratch = {
  title: 'Kladblok',
  text: 'Voor jezelf. Wat hier staat blijft op dit apparaat: het wordt niet verzonden, niet doorzocht en gaat niet mee in een bestand.',
  new: 'Schrijf iets op voor jezelf',
  add: 'Zet erop',
  none: 'Je kladblok is leeg.',
  noneText: 'Handig voor wat je nog niet kwijt wilt aan je team.',
  leaves: (days: number) =>
    days <= 1 ? 'verdwijnt binnen een dag' : `verdwijnt over ${number(days)} dagen`,
  written: (when: string) => `geschreven ${when}`,
  edit: 'Schrijf verder',
  editTitle: 'Schrijf verder',
  keep: 'Maak er een notitie van',
  kept: 'Het is nu een gewone notitie',
  undone: 'Het staat weer op je kladblok',
  remove: 'Gooi weg',
  removed: 'Weggegooid',
  term: 'Verdwijnt vanzelf',
  termHint: 'Na zo veel dagen waarin je er niets meer bij schrijft.',
  days: (count: number) => (count === 1 ? 'na 1 dag' : `na ${number(count)} dagen`),
};
