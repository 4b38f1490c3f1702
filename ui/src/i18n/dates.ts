import { locale } from './locale.svelte.ts';
import { t } from './messages.ts';

/** Days and times are those of the neighbourhood, wherever the device thinks it is. */
const timeZone = 'Europe/Amsterdam';

/** The day (`YYYY-MM-DD`) of a moment. */
export function dayOf(moment: Date | string): string {
  // Put together from its parts: in which order a language writes them differs per engine.
  const parts = formatter('en', { year: 'numeric', month: '2-digit', day: '2-digit' });
  const told = new Map(
    parts.formatToParts(new Date(moment)).map(({ type, value }) => [type, value]),
  );
  return [told.get('year'), told.get('month'), told.get('day')].join('-');
}

/** Today's day, `YYYY-MM-DD`. */
export function today(now = new Date()): string {
  return dayOf(now);
}

/** The day this many days later (or earlier). */
export function addDays(day: string, days: number): string {
  return new Date(middayOf(day) + days * DAY).toISOString().slice(0, 10);
}

/** The Monday of next week. */
export function nextMonday(day: string): string {
  const weekday = new Date(middayOf(day)).getUTCDay();
  return addDays(day, (8 - weekday) % 7 || 7);
}

/** The time of a moment: 16:10. */
export function clock(moment: Date | string): string {
  return formatter(locale.tag, { hour: '2-digit', minute: '2-digit' }).format(new Date(moment));
}

/** A day as people say it: vandaag, morgen, dinsdag, dinsdag 24 november, 3 maart 2025. */
export function dayInWords(day: string, now = new Date()): string {
  const base = today(now);
  const away = Math.round((middayOf(day) - middayOf(base)) / DAY);
  if (away === 0) return t.dates.today;
  if (away === 1) return t.dates.tomorrow;
  if (away === -1) return t.dates.yesterday;
  const options: Intl.DateTimeFormatOptions =
    away > 1 && away < 7
      ? { weekday: 'long' }
      : day.slice(0, 4) === base.slice(0, 4)
        ? { weekday: 'long', day: 'numeric', month: 'long' }
        : { day: 'numeric', month: 'long', year: 'numeric' };
  return formatter(locale.tag, { ...options, timeZone: 'UTC' }).format(new Date(middayOf(day)));
}

/** A moment as people say it: vandaag 09:12, gisteren 16:10, dinsdag 3 november 16:10. */
export function momentInWords(moment: Date | string, now = new Date()): string {
  return `${dayInWords(dayOf(moment), now)} ${clock(moment)}`;
}

/** How long ago, for what is fresh: zojuist, 5 minuten geleden; otherwise the moment in words. */
export function agoInWords(moment: Date | string, now = new Date()): string {
  const minutes = Math.floor((now.getTime() - new Date(moment).getTime()) / 60_000);
  if (minutes < 1) return t.dates.justNow;
  if (minutes < 60) return t.dates.minutesAgo(minutes);
  return momentInWords(moment, now);
}

const DAY = 86_400_000;

/** Midday, so that no clock change moves it to another day. */
function middayOf(day: string): number {
  return Date.parse(`${day.slice(0, 10)}T12:00:00Z`);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs more than a list row; each is made once. */
function formatter(tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = tag + JSON.stringify(options);
  let made = formatters.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(tag, { timeZone, hourCycle: 'h23', ...options });
    formatters.set(key, made);
  }
  return made;
}
