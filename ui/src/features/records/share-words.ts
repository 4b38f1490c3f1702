import type { Lists } from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';
import { fieldInWords, valueInWords } from './history.ts';

/** A field of the copy, in words. */
export interface Line {
  name: string;
  field: string;
  value: string;
}

/** Every field as it will be seen there, nothing left out. */
export function linesOf(
  kind: string,
  fields: Readonly<Record<string, unknown>>,
  lists: Lists | undefined,
): Line[] {
  return Object.entries(fields).map(([name, value]) => ({
    name,
    field: fieldInWords(name),
    value: wholeInWords(kind, name, value, lists),
  }));
}

/** Also the small words of an entry: whose telephone it is, whether help was offered. */
export function wholeInWords(
  kind: string,
  name: string,
  value: unknown,
  lists: Lists | undefined,
): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return valueInWords(kind, name, value, lists);
  }
  const entries = Object.values(value) as unknown[];
  return entries.map((entry) => entryInWords(kind, entry, lists)).join('; ');
}

function entryInWords(kind: string, entry: unknown, lists: Lists | undefined): string {
  if (typeof entry !== 'object' || entry === null) return valueInWords(kind, '', entry, lists);
  const fields = new Map<string, unknown>(Object.entries(entry));
  const main = fields.get('value') ?? fields.get('text');
  const small = [...fields]
    .filter(([name, value]) => name !== 'value' && name !== 'text' && value !== '')
    .map(([name, value]) =>
      typeof value === 'boolean'
        ? `${fieldInWords(name)}: ${valueInWords(kind, name, value, lists)}`
        : valueInWords(kind, name, value, lists),
    );
  const words = typeof main === 'string' ? main : t.records.changed;
  return small.length === 0 ? words : `${words} (${small.join(', ')})`;
}
