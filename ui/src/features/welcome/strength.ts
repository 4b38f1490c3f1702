/** How hard a passphrase is to guess, in the words the screen uses. */
export type Strength = 'tooShort' | 'onlyDigits' | 'weak' | 'fair' | 'strong';

/**
 * The app refuses anything shorter: beside a key store of the system a PIN is enough, alone it is
 * not.
 */
const SHORTEST = 6;
const SHORTEST_ALONE = 12;

/**
 * A rough estimate that rewards length above all: a sentence beats a riddle of signs.
 * Repeating the same few characters earns nothing.
 */
export function strengthOf(passphrase: string, pin: boolean): Strength {
  const characters = Array.from(passphrase);
  if (characters.length < (pin ? SHORTEST : SHORTEST_ALONE)) return 'tooShort';
  if (!pin && isNumber(characters)) return 'onlyDigits';
  const bits = new Set(characters).size * Math.log2(alphabetOf(passphrase));
  const words = passphrase.trim().split(/\s+/).length;
  if (characters.length >= 20 && words >= 4) return 'strong';
  if (bits >= 60) return 'strong';
  return bits >= 40 ? 'fair' : 'weak';
}

/** Digits, and what people put between them. */
function isNumber(characters: readonly string[]): boolean {
  return characters.every((character) => /[\p{N}\s!-/:-@[-`{-~]/u.test(character));
}

function alphabetOf(passphrase: string): number {
  const classes: [RegExp, number][] = [
    [/\p{Ll}/u, 26],
    [/\p{Lu}/u, 26],
    [/\d/, 10],
    [/[^\p{L}\d]/u, 20],
  ];
  return classes.reduce((sum, [found, size]) => sum + (found.test(passphrase) ? size : 0), 1);
}
