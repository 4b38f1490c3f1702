import type { RecordRef, SearchHit, TextPart } from '../../backend/index.ts';
import { dayInWords, momentInWords, t } from '../../i18n/index.ts';
import type { IconName } from '../../shared/index.ts';
import { recordHref, recordIcon } from '../records/index.ts';
import type { Action } from './actions.ts';

/** One line that can be chosen. */
export interface Option {
  key: string;
  icon: IconName;
  href: string;
  title: readonly TextPart[];
  /** The piece of text that matched, when the title does not tell. */
  snippet: readonly TextPart[];
  detail: string;
  mark: SearchHit['mark'] | undefined;
}

/** Lines that belong together, under a heading. */
export interface Results {
  title: string;
  options: Option[];
}

/** What was found, by kind, in the order in which the app found it. */
export function byKind(hits: readonly SearchHit[]): Results[] {
  const found = new Map<string, Option[]>();
  for (const hit of hits) {
    // A relation or a holiday has no page of its own.
    if (!hasPage(hit.kind)) continue;
    found.set(hit.kind, [...(found.get(hit.kind) ?? []), ofHit(hit)]);
  }
  return [...found].map(([kind, options]) => ({ title: t.search.kinds[kind as Kind], options }));
}

export function ofActions(actions: readonly Action[]): Results[] {
  const options = actions.map(({ key, words, icon, href }) => ({
    ...plain(key, words),
    icon,
    href,
  }));
  return options.length === 0 ? [] : [{ title: t.search.actions, options }];
}

/** What was opened last. */
export function ofRecent(records: readonly RecordRef[]): Results[] {
  const options = records.map(({ id, kind, title }) => ({
    ...plain(id, title),
    icon: recordIcon(kind),
    href: recordHref(kind, id),
    detail: hasPage(kind) ? t.vocabulary.kind[kind] : '',
  }));
  return options.length === 0 ? [] : [{ title: t.search.recent, options }];
}

type Kind = Exclude<keyof typeof t.search.kinds, 'other'>;

function hasPage(kind: string): kind is Kind {
  return kind in t.search.kinds;
}

function ofHit(hit: SearchHit): Option {
  return {
    key: hit.id,
    icon: recordIcon(hit.kind),
    href: recordHref(hit.kind, hit.id),
    title: hit.title,
    snippet: hit.snippet,
    detail: detailInWords(hit),
    mark: hit.mark,
  };
}

function plain(key: string, words: string): Omit<Option, 'icon' | 'href'> {
  return { key, title: [{ text: words, hit: false }], snippet: [], detail: '', mark: undefined };
}

/** The few words more: a state or a date stands there as the documents have it. */
function detailInWords({ kind, detail }: SearchHit): string {
  const states: Record<string, string> = t.vocabulary.signalState;
  if (detail === '') return '';
  if (kind === 'signal') return states[detail] ?? detail;
  if (kind === 'follow_up') return dayInWords(detail);
  if (kind === 'note') return momentInWords(detail);
  return kind === 'theme' || kind === 'neighbourhood' ? '' : detail;
}
