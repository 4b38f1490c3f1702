import type { ConflictValueView, ConflictView } from '../../backend/index.ts';
import { dayInWords, momentInWords, number, t } from '../../i18n/index.ts';
import { choicesOf, fieldName, shapeOf } from './field.ts';
import type { Names } from './names.svelte.ts';

/** One of the values, as a person reads and chooses it. */
export interface ValueWords {
  /** Its place among the values of the conflict. */
  index: number;
  mine: boolean;
  /** "Jij", "Yusuf Demir". */
  who: string;
  /** "06-11111111". */
  value: string;
  /** "gisteren 16:10", or empty when it is not known. */
  when: string;
  /** On the button: "Die van Yusuf". */
  button: string;
  /** The app shows this one until somebody chooses. */
  now: boolean;
}

/** The values in words, one's own first; their buttons can be told apart. */
export function valuesInWords(conflict: ConflictView, names: Names): ValueWords[] {
  const words = conflict.values.map((one, index) => ({
    index,
    mine: one.mine,
    now: index === conflict.values.length - 1,
    who: whoWrote(one),
    value: valueInWords(conflict, one.value, names),
    when: one.at === null ? '' : momentInWords(one.at),
    button: buttonFor(one, conflict.values),
  }));
  const ordered = [...words].sort((a, b) => Number(b.mine) - Number(a.mine));
  return ordered.map((one) => {
    const alone = words.filter(({ button }) => button === one.button).length === 1;
    if (alone) return one;
    const more = one.when === '' ? one.value : one.when;
    return { ...one, button: t.conflicts.at(one.button, more) };
  });
}

/** A value as people say it. */
export function valueInWords(conflict: ConflictView, value: unknown, names: Names): string {
  if (value === null || value === undefined || value === '') return t.conflicts.empty;
  if (typeof value === 'boolean') return flagInWords(fieldName(conflict.path), value);
  if (typeof value === 'number') return number(value);
  if (typeof value !== 'string') return JSON.stringify(value);
  switch (shapeOf(conflict.path)) {
    case 'day':
      return dayInWords(value);
    case 'moment':
      return momentInWords(value);
    case 'choice':
      return choicesOf(conflict)[value] ?? value;
    case 'member':
    case 'theme':
    case 'neighbourhood':
    case 'reference':
      return nameInWords(names.of(value));
    case 'line':
    case 'flag':
      return value;
  }
}

function whoWrote({ mine, author }: ConflictValueView): string {
  if (mine) return t.conflicts.you;
  return author === '' ? t.conflicts.colleague : author;
}

function buttonFor(one: ConflictValueView, all: readonly ConflictValueView[]): string {
  if (one.mine) return t.conflicts.mine;
  if (one.author === '') return t.conflicts.ofColleague;
  const first = firstName(one.author);
  const others = all.filter(({ mine, author }) => !mine && author !== one.author);
  const shared = others.some(({ author }) => firstName(author) === first);
  return t.conflicts.theirs(shared ? one.author : first);
}

function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}

function flagInWords(name: string, value: boolean): string {
  const words = name in t.conflicts.flag ? t.conflicts.flag[name as 'attention'] : undefined;
  if (!words) return String(value);
  return value ? words.yes : words.no;
}

function nameInWords(name: string | null | undefined): string {
  if (name === undefined) return '…';
  return name ?? t.conflicts.gone;
}
