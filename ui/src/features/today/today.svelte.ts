import {
  liveQuery,
  type FollowUpRow,
  type LiveQuery,
  type Today,
  type TodayRows,
} from '../../backend/index.ts';
import { today as dayNow } from '../../i18n/index.ts';

/** Rows of a section at first, and how many more come when asked. */
const ROWS = 30;
const MORE = 100;

/** A part of the day's list, in the order of the screen. */
export interface Section {
  name: SectionName;
  rows: readonly FollowUpRow[];
  /** How many there are beyond the rows. */
  left: number;
}

/** The parts of the day's list. */
export type SectionName = 'late' | 'today' | 'week' | 'later' | 'waiting';

/** What is asked about a row: what came of it, to which day, or why not. */
export interface Asking {
  id: string;
  what: 'done' | 'move' | 'drop';
}

/** What the broker, or the team, has promised. Make it while a component is being created. */
export class TodayList {
  readonly query: LiveQuery<Today>;
  /** One question at a time. */
  asking = $state.raw<Asking | undefined>();

  #rows = $state.raw<TodayRows>(atFirst);

  constructor(mine: () => boolean) {
    this.query = liveQuery('today_get', () => ({ mine: mine(), rows: this.#rows }), kinds);
    $effect(() => whenTheDayTurns(() => void this.query.refresh()));
  }

  /** The parts that have something in them. */
  readonly sections: readonly Section[] = $derived.by(() => {
    const day = this.query.value;
    if (!day) return [];
    return names
      .map((name) => ({ name, rows: day[name], left: day.counts[name] - day[name].length }))
      .filter(({ rows }) => rows.length > 0);
  });

  /** Nothing to follow up and no signal that asks for a step. */
  readonly empty: boolean = $derived.by(
    () => this.query.value?.signals.length === 0 && this.sections.length === 0,
  );

  /** Shows more rows of a section. */
  more(name: SectionName): void {
    this.#rows = { ...this.#rows, [name]: this.#rows[name] + MORE };
  }

  /** Asks this, or no longer when it was asked already. */
  ask(id: string, what: Asking['what']): void {
    const same = this.asking?.id === id && this.asking.what === what;
    this.asking = same ? undefined : { id, what };
  }

  /** The row below this one in its section, once it is there. */
  next(id: string): string | undefined {
    for (const { rows } of this.sections) {
      const at = rows.findIndex((row) => row.id === id);
      if (at !== -1) return rows[at + 1]?.id;
    }
    return undefined;
  }

  /** The row that comes in the place of this one once it has gone: the next, else the last before. */
  neighbour(id: string): string | undefined {
    const ids = this.sections.flatMap(({ rows }) => rows.map((row) => row.id));
    const at = ids.indexOf(id);
    return ids[at + 1] ?? ids[at - 1];
  }
}

const names = ['late', 'today', 'week', 'later', 'waiting'] as const;
const atFirst: TodayRows = { late: ROWS, today: ROWS, week: ROWS, later: ROWS, waiting: ROWS };
const kinds = ['follow_up', 'signal', 'contact', 'group', 'organisation'];

/** Tells when it has become another day, also when the device slept through midnight. */
function whenTheDayTurns(then: () => void): () => void {
  let day = dayNow();
  const look = (): void => {
    const now = dayNow();
    if (now === day) return;
    day = now;
    then();
  };
  const timer = setInterval(look, 60_000);
  document.addEventListener('visibilitychange', look);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
  };
}
