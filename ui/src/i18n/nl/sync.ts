import { number } from '../words.ts';

export const sync = {
  title: 'Bijwerken',
  /** The chip: short, and true. */
  alone: 'Alleen op dit apparaat',
  upToDate: (when: string) => `Bijgewerkt, ${when}`,
  neverYet: 'Nog niet bijgewerkt',
  unsent: (count: number) => `${number(count)} nog niet verzonden`,
  busy: 'Bezig met bijwerken',
  first: (percent: number) => `Eerste keer ophalen, ${percent} %`,
  offlineSince: (when: string) => `Offline sinds ${when}`,
  offline: 'Offline',
  problem: 'Bijwerken lukt niet',
  revoked: 'Dit apparaat is afgemeld',
  refused: (count: number) => (count === 1 ? '1 geweigerd' : `${number(count)} geweigerd`),
};
