export { t, type Messages } from './messages.ts';
export { locale, type Language } from './locale.svelte.ts';
export { describeError, type Described, type ErrorAction, type Severity } from './errors.ts';
export {
  addDays,
  agoInWords,
  clock,
  dayInWords,
  dayOf,
  momentInWords,
  nextMonday,
  today,
} from './dates.ts';
export { list, number } from './words.ts';
