import type { PlaceKind } from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';

/** The kinds of place to choose from, and none. */
export function places(): { value: PlaceKind | ''; label: string }[] {
  const words = Object.entries(t.vocabulary.place) as [PlaceKind, string][];
  return [
    { value: '', label: t.records.noPlace },
    ...words.map(([value, label]) => ({ value, label })),
  ];
}
