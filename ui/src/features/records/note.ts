import type { PlaceKind, RecordView } from '../../backend/index.ts';
import { referenceIds } from './reference.ts';

/** The fields of a note as the screens use them. */
export interface NoteFields {
  text: string;
  at: string | null;
  place: PlaceKind | null;
  place_name: string;
  about: string[];
  /** Those of them who were only mentioned. */
  spoken_of: string[];
}

/** Reads a note; a field that is not there is empty. */
export function noteFields({ fields }: RecordView): NoteFields {
  const word = (name: string): string => {
    const value = fields[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    text: word('text'),
    at: word('at') || null,
    place: (word('place') || null) as PlaceKind | null,
    place_name: word('place_name'),
    about: referenceIds(fields['about']),
    spoken_of: referenceIds(fields['spoken_of']),
  };
}
