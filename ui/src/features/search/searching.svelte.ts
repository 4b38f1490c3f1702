import { t } from '../../i18n/index.ts';
import { Cursor, Finder, Names } from '../records/index.ts';
import { actions, meant } from './actions.ts';
import { recent } from './recent.svelte.ts';
import {
  byKind,
  FEW,
  ofActions,
  ofArchived,
  ofRecent,
  type Option,
  type Results,
} from './results.ts';

/** Finds people and actions alike, as someone types. */
export class Searching {
  /** One more of each kind than is shown, which tells that there are more. */
  readonly finder = new Finder({ limit: FEW + 1 });
  /** What is out of sight; asked when nothing in sight is found. */
  readonly #archived = new Finder({ limit: FEW, archived: true });
  readonly cursor = new Cursor();
  readonly #names = new Names();

  constructor() {
    void this.#names.ask(recent.ids);
  }

  /** What can be chosen now, under headings. */
  readonly results: readonly Results[] = $derived.by(() => {
    const doing = ofActions(meant(actions(), this.finder.text));
    if (this.finder.text.trim() === '') return [...ofRecent(this.#names.of(recent.ids)), ...doing];
    const { hits, answered } = this.finder;
    const found = hits.length > 0 ? byKind(hits, answered) : ofArchived(this.#archived.hits);
    return [...found, ...doing];
  });

  /** An answer is under way, so "nothing found" cannot be said yet. */
  readonly looking: boolean = $derived(
    this.finder.looking || (this.finder.hits.length === 0 && this.#archived.looking),
  );

  /** The same, one after another: the way the arrows go. */
  readonly options: readonly Option[] = $derived(this.results.flatMap(({ options }) => options));

  readonly chosen: Option | undefined = $derived(
    this.options[Math.min(this.cursor.at, this.options.length - 1)],
  );

  /** Said when the words lead nowhere. */
  readonly nothing: string | undefined = $derived(
    this.options.length === 0 && !this.looking
      ? t.search.nothing(this.finder.text.trim())
      : undefined,
  );

  /** How many there are under the headings of kinds and actions, in words. */
  readonly count: string = $derived.by(() => {
    const shown = this.options.filter(({ more }) => !more).length;
    return shown < this.options.length ? t.search.foundMore(shown) : t.search.found(shown);
  });

  async type(text: string): Promise<void> {
    this.cursor.at = 0;
    await this.finder.type(text);
    await this.#lookFurther();
  }

  /** A record changed: what is shown follows. */
  async refresh(): Promise<void> {
    await this.finder.refresh();
    await this.#lookFurther();
  }

  async #lookFurther(): Promise<void> {
    const { hits, answered, text } = this.finder;
    // Later letters have their own turn.
    if (answered !== text.trim()) return;
    await this.#archived.type(hits.length === 0 ? text : '');
  }
}
