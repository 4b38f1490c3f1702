/** The languages of the screens. */
export type Language = 'nl' | 'en';

// Never taken from the environment: with LANG=C a browser's own language makes Intl throw.
const tags = { nl: 'nl-NL', en: 'en-GB' } as const;

class Locale {
  language = $state<Language>('nl');
  readonly tag = $derived(tags[this.language]);

  /** Speaks this language from now on; an unknown one is Dutch. */
  speak(language: string): void {
    this.language = language === 'en' ? 'en' : 'nl';
    document.documentElement.lang = this.language;
  }
}

/** The language of the screens, the same for everyone who asks. */
export const locale = new Locale();
