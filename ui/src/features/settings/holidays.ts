import type { RecordView } from '../../backend/index.ts';

/** A holiday of the organisation's calendar. Its days are `YYYY-MM-DD`. */
export interface Holiday {
  id: string;
  name: string;
  start: string;
  end: string;
  /** Its last day has gone by. */
  over: boolean;
}

/** Those to come in their order, then those that are over, the latest first. */
export function holidaysOf(rows: readonly RecordView[], today: string): Holiday[] {
  const all = rows.map(({ id, title, fields }) => {
    const [start, end] = [dayOf(fields['start']), dayOf(fields['end'])];
    return { id, name: title, start, end, over: end < today };
  });
  const byStart = all.toSorted((one, other) => one.start.localeCompare(other.start));
  return [
    ...byStart.filter(({ over }) => !over),
    ...byStart.filter(({ over }) => over).toReversed(),
  ];
}

function dayOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
