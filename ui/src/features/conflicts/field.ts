import type { ConflictView } from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';

type FieldKey = keyof typeof t.conflicts.field;

/** What a value of the field is, and so how it is put in words. */
export type Shape =
  | 'line'
  | 'day'
  | 'moment'
  | 'flag'
  | 'member'
  | 'theme'
  | 'neighbourhood'
  | 'reference'
  | 'choice';

/** What the field is called: "het telefoonnummer". */
export function fieldInWords(conflict: ConflictView): string {
  return t.conflicts.field[keyOf(conflict)];
}

/** The name of the field in its document, whatever group of fields it stands in. */
export function fieldName(path: string): string {
  return path.split('/').at(-1) ?? path;
}

export function shapeOf(path: string): Shape {
  return shapes[fieldName(path)] ?? 'line';
}

/** The closed list that a choice comes from. */
export function choicesOf({ record, path }: ConflictView): Record<string, string> {
  const { vocabulary } = t;
  switch (fieldName(path)) {
    case 'consent':
      return vocabulary.consent;
    case 'told':
      return vocabulary.told;
    case 'place':
      return vocabulary.place;
    case 'state':
      return record.kind === 'signal' ? vocabulary.signalState : vocabulary.followUpState;
    default:
      if (path.startsWith('ways/')) return vocabulary.way;
      if (record.kind === 'signal') return vocabulary.signal;
      return record.kind === 'group' ? vocabulary.group : vocabulary.relation;
  }
}

const shapes: Record<string, Shape | undefined> = {
  due: 'day',
  next: 'day',
  consent_on: 'day',
  start: 'day',
  end: 'day',
  at: 'moment',
  closed_at: 'moment',
  attention: 'flag',
  archived: 'flag',
  offered: 'flag',
  owner: 'member',
  theme: 'theme',
  neighbourhood: 'neighbourhood',
  handed_to: 'reference',
  merged_into: 'reference',
  note: 'reference',
  signal: 'reference',
  from: 'reference',
  to: 'reference',
  kind: 'choice',
  state: 'choice',
  consent: 'choice',
  told: 'choice',
  place: 'choice',
};

function keyOf({ record, path, values }: ConflictView): FieldKey {
  const name = fieldName(path);
  if (path.startsWith('ways/')) return wayKey(name, values);
  if (path.startsWith('talents/') && name === 'text') return 'talent';
  if (name === 'kind') {
    if (record.kind === 'signal') return 'signal_kind';
    return record.kind === 'group' ? 'group_kind' : 'relation_kind';
  }
  return isFieldKey(name) ? name : 'other';
}

/** The values themselves tell whether they are numbers or e-mail addresses. */
function wayKey(name: string, values: ConflictView['values']): FieldKey {
  if (name === 'kind') return 'way_kind';
  if (name === 'label') return 'way_label';
  const all = (pattern: RegExp): boolean =>
    values.every(({ value }) => typeof value === 'string' && pattern.test(value));
  if (all(/@/)) return 'email';
  return all(/^[\d\s+()./-]+$/) ? 'phone' : 'way';
}

function isFieldKey(name: string): name is FieldKey {
  return name in t.conflicts.field;
}
