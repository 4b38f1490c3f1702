import type { Lists, RecordVersion } from '../../backend/index.ts';
import { dayInWords, list, momentInWords, number, t } from '../../i18n/index.ts';

/** One step in the life of a record, in words. */
export interface Step {
  author: string;
  at: string;
  /** The first step makes the record. */
  made: boolean;
  changes: { field: string; value: string }[];
}

/** The steps, newest first. */
export function stepsInWords(
  kind: string,
  versions: readonly RecordVersion[],
  lists: Lists | undefined,
): Step[] {
  return versions
    .map(({ author, at, changed }, index) => ({
      author,
      at,
      made: index === 0,
      changes: Object.entries(changed).map(([name, value]) => ({
        field: fieldInWords(name),
        value: valueInWords(kind, name, value, lists),
      })),
    }))
    .reverse();
}

/** What a field is called, by its name in the documents or its path (`ways/k1/value`). */
export function fieldInWords(path: string): string {
  const name = path.split('/').at(-1) ?? path;
  return t.records.field[name] ?? name;
}

/** A value as people say it. Names of other records that are not at hand are not guessed. */
export function valueInWords(
  kind: string,
  path: string,
  value: unknown,
  lists: Lists | undefined,
): string {
  const name = path.split('/').at(-1) ?? path;
  if (value === null || value === undefined || value === '') return t.records.emptied;
  if (typeof value === 'boolean') return value ? t.records.yes : t.records.no;
  if (typeof value === 'number') return number(value);
  if (typeof value === 'string') return wordOf(kind, name, value, lists);
  if (Array.isArray(value)) return listInWords(kind, name, value, lists);
  return entriesInWords(kind, Object.values(value), lists);
}

function listInWords(
  kind: string,
  name: string,
  values: readonly unknown[],
  lists: Lists | undefined,
): string {
  if (values.length === 0) return t.records.emptied;
  const words = values.map((value) => valueInWords(kind, name, value, lists));
  return words.every((word) => word === t.records.changed) ? t.records.changed : list(words);
}

/** Ways to reach someone, talents: what is in them, one after another. */
function entriesInWords(
  kind: string,
  entries: readonly unknown[],
  lists: Lists | undefined,
): string {
  const words = entries.map((entry) => {
    if (typeof entry !== 'object' || entry === null) return valueInWords(kind, '', entry, lists);
    const fields = new Map<string, unknown>(Object.entries(entry));
    const main = fields.get('value') ?? fields.get('text');
    return typeof main === 'string' ? main : t.records.changed;
  });
  return words.length === 0 ? t.records.changed : list(words);
}

function wordOf(kind: string, name: string, value: string, lists: Lists | undefined): string {
  const vocabulary = vocabularies(kind)[name];
  if (vocabulary) return vocabulary[value] ?? value;
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return dayInWords(value);
  if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return momentInWords(value);
  if (!ID.test(value)) return value;
  return nameOf(value, lists) ?? t.records.changed;
}

function nameOf(id: string, lists: Lists | undefined): string | undefined {
  if (!lists) return undefined;
  const person = lists.people.find(({ member }) => member === id);
  if (person) return person.name;
  const theme = lists.themes.find((theme) => theme.id === id);
  return theme?.name ?? lists.neighbourhoods.find((place) => place.id === id)?.title;
}

/** The closed lists by field; what `state` means depends on the kind of record. */
function vocabularies(kind: string): Record<string, Record<string, string>> {
  const { vocabulary } = t;
  return {
    roles: vocabulary.role,
    basis: vocabulary.basis,
    consent: vocabulary.consent,
    place: vocabulary.place,
    told: vocabulary.told,
    kind: vocabulary.way,
    group_kind: vocabulary.group,
    signal_kind: vocabulary.signal,
    relation_kind: vocabulary.relation,
    state: kind === 'signal' ? vocabulary.signalState : vocabulary.followUpState,
  };
}

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
