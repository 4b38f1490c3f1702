/** How hard a passphrase is to guess, in the four words the screen uses. */
export type Strength = 'tooShort' | 'weak' | 'fair' | 'strong';

/** The app refuses anything shorter. */
export const SHORTEST = 6;

/**
 * A rough estimate that rewards length above all: a sentence beats a riddle of signs.
 * Repeating the same few characters earns nothing.
 */
export function strengthOf(passphrase: string): Strength {
  const characters = Array.from(passphrase);
  if (characters.length < SHORTEST) return 'tooShort';
  const bits = new Set(characters).size * Math.log2(alphabetOf(passphrase));
  const words = passphrase.trim().split(/\s+/).length;
  if (characters.length >= 20 && words >= 4) return 'strong';
  if (bits >= 60) return 'strong';
  return bits >= 40 ? 'fair' : 'weak';
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
