import type { FollowUpRow } from '../../backend/index.ts';
import { dayInWords, t, today } from '../../i18n/index.ts';
import type { SectionName } from './today.svelte.ts';

/** When a follow-up is due, as far as its part of the list does not say it already. */
export function dueInWords({ due, time }: FollowUpRow, section: SectionName): string {
  const at = time === '' ? '' : t.today.at(time);
  if (section === 'today') return at;
  if (section === 'late') return t.today.late(daysBetween(due, today()));
  return [dayInWords(due), at].filter((word) => word !== '').join(' ');
}

/** How long ago it was promised. */
export function sinceInWords(since: string): string {
  const days = daysBetween(since, today());
  return days < WEEKS_FROM ? t.today.sinceDays(days) : t.today.sinceWeeks(Math.round(days / 7));
}

/** From here on weeks say more than days. */
const WEEKS_FROM = 21;

function daysBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000));
}
