import type { RecordRef, SearchHit, TextPart } from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';
import type { IconName } from '../../shared/index.ts';
import { detailInWords, listHref, recordHref, recordIcon } from '../records/index.ts';
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
  /** What it does instead of opening a page. */
  run?: (() => Promise<void>) | undefined;
  /** It leads to the rest of its kind. */
  more?: boolean;
}

/** Lines that belong together, under a heading. */
export interface Results {
  title: string;
  options: Option[];
}

/** So many of a kind are shown; the rest stands in the list of its kind. */
export const FEW = 6;

/** What was found for `text`, by kind, in the order in which the app found it. */
export function byKind(hits: readonly SearchHit[], text: string): Results[] {
  const found = new Map<Kind, Option[]>();
  for (const hit of hits) {
    // A relation or a holiday has no page of its own.
    if (!hasPage(hit.kind)) continue;
    found.set(hit.kind, [...(found.get(hit.kind) ?? []), ofHit(hit)]);
  }
  return [...found].map(([kind, options]) => ({
    title: t.search.kinds[kind],
    options: options.length > FEW ? [...options.slice(0, FEW), theRest(kind, text)] : options,
  }));
}

/** What is out of sight, under one heading, each with its kind. */
export function ofArchived(hits: readonly SearchHit[]): Results[] {
  const options = hits
    .filter(({ kind }) => hasPage(kind))
    .map((hit) => {
      const kind = hasPage(hit.kind) ? t.vocabulary.kind[hit.kind] : '';
      const { detail, ...option } = ofHit(hit);
      return { ...option, detail: [kind, detail].filter((word) => word !== '').join(', ') };
    });
  return options.length === 0 ? [] : [{ title: t.search.archived, options }];
}

export function ofActions(actions: readonly Action[]): Results[] {
  const options = actions.map(({ key, words, icon, href, run }) => ({
    ...plain(key, words),
    icon,
    href,
    run,
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

/** The way to all of a kind with these words. */
function theRest(kind: Kind, text: string): Option {
  return {
    ...plain(`all-${kind}`, t.search.all(t.search.kinds[kind], text)),
    icon: 'forward',
    href: listHref(kind, text),
    more: true,
  };
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
