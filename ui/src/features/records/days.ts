import { addDays, dayInWords, locale, today } from '../../i18n/index.ts';

/** A day in a list row, where there is little room: vandaag, dinsdag, 13 nov, 13 nov 2025. */
export function shortDay(day: string, now = new Date()): string {
  const base = today(now);
  if (day >= addDays(base, -1) && day < addDays(base, 7)) return dayInWords(day, now);
  const year = day.slice(0, 4) === base.slice(0, 4) ? {} : { year: 'numeric' as const };
  const options = { day: 'numeric', month: 'short', timeZone: 'UTC', ...year } as const;
  return new Intl.DateTimeFormat(locale.tag, options).format(new Date(`${day}T12:00:00Z`));
}
