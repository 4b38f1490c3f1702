import { t } from '../../i18n/index.ts';
import { href, type IconName } from '../../shared/index.ts';
import { lockNow } from '../lock/index.ts';

/** Something that can be done from anywhere. */
export interface Action {
  key: keyof typeof t.search.action;
  words: string;
  icon: IconName;
  href: string;
  /** Instead of going somewhere. */
  run?: () => Promise<void>;
}

/** Every action, the frequent ones first. */
export function actions(): Action[] {
  const words = t.search.action;
  const action = (key: Action['key'], icon: IconName, to: string): Action => ({
    key,
    words: words[key],
    icon,
    href: to,
  });
  return [
    action('note', 'capture', href('capture')),
    action('newContact', 'personAdd', href('contacts', 'new')),
    action('newSignal', 'signals', href('signals', 'new')),
    action('newFollowUp', 'add', href('today', 'new')),
    action('today', 'today', href('today')),
    action('contacts', 'contacts', href('contacts')),
    action('signals', 'signals', href('signals')),
    action('neighbourhood', 'neighbourhood', href('neighbourhood')),
    action('groups', 'people', href('records', 'group')),
    action('organisations', 'organisation', href('records', 'organisation')),
    action('notes', 'note', href('records', 'note')),
    action('scratch', 'scratch', href('scratch')),
    action('importing', 'upload', href('import')),
    action('conflicts', 'conflict', href('conflicts')),
    action('sync', 'sync', href('sync')),
    action('team', 'people', href('team')),
    action('devices', 'alone', href('devices')),
    action('retention', 'calendar', href('retention')),
    action('audit', 'show', href('audit')),
    action('erased', 'remove', href('erase')),
    action('settings', 'settings', href('settings')),
    { ...action('lock', 'lock', ''), run: lockNow },
  ];
}

/** The actions that are meant: every word that was typed begins a word of the action. */
export function meant(all: readonly Action[], text: string): Action[] {
  const typed = wordsOf(text);
  if (typed.length === 0) return [...all];
  return all.filter(({ words }) => {
    const known = wordsOf(words);
    return typed.every((word) => known.some((other) => other.startsWith(word)));
  });
}

function wordsOf(text: string): string[] {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
