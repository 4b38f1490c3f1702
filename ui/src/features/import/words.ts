import { list, t } from '../../i18n/index.ts';

/** Why a row cannot be read. */
export function whyUnreadable(code: string): string {
  return word(t.importing.unreadable.why, code);
}

/** What was left out of a row and why, from codes such as `bsn:note`. */
export function leftOutInWords(codes: readonly string[]): string {
  const { because, what, why, words } = t.importing.leftOut;
  const parts = codes.map((code) => {
    const [reason = '', field = ''] = code.split(':');
    return because(word(what, field), word(why, reason));
  });
  return words(list(parts));
}

/** The word for a code, or that of `other` for one from a newer app. */
function word(words: { readonly other: string }, code: string): string {
  return new Map(Object.entries(words)).get(code) ?? words.other;
}
