import { href, type IconName } from '../../shared/index.ts';

/** Where a record is shown; every kind has its page. */
export function recordHref(kind: string, id: string): string {
  switch (kind) {
    case 'contact':
      return href('contacts', id);
    case 'signal':
      return href('signals', id);
    case 'follow_up':
      return href('today', id);
    // What an organisation sorts by leads to what is sorted by it.
    case 'theme':
    case 'neighbourhood':
      return href('signals', [], { [kind]: id });
    case 'holiday':
      return href('settings');
    default:
      return href('records', [kind, id]);
  }
}

/** The list of a kind, narrowed to these words. */
export function listHref(kind: string, text: string): string {
  switch (kind) {
    case 'contact':
      return href('contacts', [], { text });
    case 'signal':
      return href('signals', [], { text });
    default:
      return href('records', kind, { text });
  }
}

/** The picture of a kind of record. */
export function recordIcon(kind: string): IconName {
  switch (kind) {
    case 'contact':
      return 'person';
    case 'group':
      return 'people';
    case 'organisation':
      return 'organisation';
    case 'signal':
      return 'signals';
    case 'follow_up':
      return 'today';
    case 'theme':
      return 'theme';
    case 'neighbourhood':
      return 'place';
    default:
      return 'note';
  }
}
