import { locale } from './locale.svelte.ts';

/** A number as people write it: 1.250 or 1,250. */
export function number(value: number): string {
  return new Intl.NumberFormat(locale.tag).format(value);
}

/** "a, b en c" or "a, b and c". */
export function list(words: readonly string[]): string {
  return new Intl.ListFormat(locale.tag, { type: 'conjunction' }).format(words);
}
