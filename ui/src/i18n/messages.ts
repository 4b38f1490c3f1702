import { en } from './en/index.ts';
import { locale } from './locale.svelte.ts';
import { nl } from './nl/index.ts';

/** All sentences, by feature. Dutch is the model: English must have exactly the same keys. */
export type Messages = typeof nl;

const languages: Record<'nl' | 'en', Messages> = { nl, en };

/** The sentences in the language of the screens: `t.sync.title`, `t.sync.unsent(3)`. */
export const t: Messages = Object.defineProperties({} as Messages, getters());

function getters(): PropertyDescriptorMap {
  const features = Object.keys(nl) as (keyof Messages)[];
  return Object.fromEntries(
    features.map((feature) => [
      feature,
      { enumerable: true, get: () => languages[locale.language][feature] },
    ]),
  );
}
