import { t } from '../../i18n/index.ts';
import { Cursor, Finder, Names } from '../records/index.ts';
import { actions, meant } from './actions.ts';
import { recent } from './recent.svelte.ts';
import { byKind, ofActions, ofRecent, type Option, type Results } from './results.ts';

/** Finds people and actions alike, as someone types. */
export class Searching {
  readonly finder = new Finder({ limit: 6 });
  readonly cursor = new Cursor();
  readonly #names = new Names();

  constructor() {
    void this.#names.ask(recent.ids);
  }

  /** What can be chosen now, under headings. */
  readonly results: readonly Results[] = $derived.by(() => {
    const doing = ofActions(meant(actions(), this.finder.text));
    if (this.finder.text.trim() === '') return [...ofRecent(this.#names.of(recent.ids)), ...doing];
    return [...byKind(this.finder.hits), ...doing];
  });

  /** The same, one after another: the way the arrows go. */
  readonly options: readonly Option[] = $derived(this.results.flatMap(({ options }) => options));

  readonly chosen: Option | undefined = $derived(
    this.options[Math.min(this.cursor.at, this.options.length - 1)],
  );

  /** Said when the words lead nowhere. */
  readonly nothing: string | undefined = $derived(
    this.options.length === 0 && !this.finder.looking
      ? t.search.nothing(this.finder.text.trim())
      : undefined,
  );

  async type(text: string): Promise<void> {
    this.cursor.at = 0;
    await this.finder.type(text);
  }
}
