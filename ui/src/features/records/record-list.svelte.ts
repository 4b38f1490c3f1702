import { call, type RecordPage, type RecordView } from '../../backend/index.ts';
import { WindowedRows } from './windowed-rows.svelte.ts';

/** All records of a kind with a name, A to Z. The team's own lists are short enough to hold. */
export async function namedRecords(kind: string): Promise<RecordView[]> {
  const rows: RecordView[] = [];
  let total = Infinity;
  while (rows.length < total) {
    const page = await call('record_list', {
      kind,
      offset: rows.length,
      limit: LONGEST,
      archived: false,
    });
    if (page.rows.length === 0) break;
    rows.push(...page.rows);
    total = page.total;
  }
  return rows.sort((one, other) => order.compare(one.title, other.title));
}

/** A long list of records, newest first: the app counts from the oldest, so this turns it over. */
export function newestFirst(kind: string): WindowedRows<RecordView, RecordPage> {
  const ask = (offset: number, limit: number): Promise<RecordPage> =>
    call('record_list', { kind, offset, limit, archived: false });
  return new WindowedRows(async (offset, limit) => {
    const { total } = await ask(0, 1);
    const end = Math.max(0, total - offset);
    const start = Math.max(0, end - limit);
    if (end === start) return { total, rows: [] };
    const { rows } = await ask(start, end - start);
    return { total, rows: [...rows].reverse() };
  });
}

const LONGEST = 1000;
const order = new Intl.Collator('nl', { sensitivity: 'base', numeric: true });
