import type { SearchHit } from '../../backend/index.ts';
import { dayInWords, momentInWords, t } from '../../i18n/index.ts';

/** The few words more about what was found: a state or a date stands there as the documents have it. */
export function detailInWords({ kind, detail }: SearchHit): string {
  const states: Record<string, string> = t.vocabulary.signalState;
  if (detail === '') return '';
  if (kind === 'signal') return states[detail] ?? detail;
  if (kind === 'follow_up') return dayInWords(detail);
  if (kind === 'note') return momentInWords(detail);
  return kind === 'theme' || kind === 'neighbourhood' ? '' : detail;
}
