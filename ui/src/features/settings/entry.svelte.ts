import { call } from '../../backend/index.ts';
import { Attempt, saySaved } from '../../shared/index.ts';
import { t } from '../../i18n/index.ts';

/** The organisation's own lists. */
export type ListKind = 'theme' | 'neighbourhood' | 'holiday';

interface Named {
  id: string;
  name: string;
}

/** An entry of one of the organisation's lists while it is being made or changed. */
export class Entry<Fields extends Record<string, string>> {
  /** `undefined`: nothing is open. `id` is empty for a new entry. */
  open = $state.raw<Named | undefined>();
  name = $state('');
  /** What is typed beside the name: words of a theme, code of a neighbourhood, days of a holiday. */
  fields: Fields;
  readonly saving = new Attempt();
  readonly #kind: ListKind;
  readonly #none: Fields;
  readonly #kept: (fields: Fields) => Record<string, unknown>;

  /** `none` is what a new entry begins with, `kept` what becomes of the fields. */
  constructor(
    kind: ListKind,
    none: Fields,
    kept: (fields: Fields) => Record<string, unknown> = (fields) => ({ ...fields }),
  ) {
    this.#kind = kind;
    this.#none = none;
    this.#kept = kept;
    this.fields = $state({ ...none });
  }

  /** A new one, or one that is in the list. */
  begin(entry: Named = { id: '', name: '' }, fields: Fields = this.#none): void {
    this.open = { id: entry.id, name: entry.name };
    this.name = entry.name;
    this.fields = { ...fields };
    this.saving.error = undefined;
  }

  close(): void {
    this.open = undefined;
  }

  async save(): Promise<void> {
    const { open } = this;
    if (!open) return;
    const fields = { name: this.name.trim(), ...this.#kept(this.fields) };
    const id = open.id === '' ? null : open.id;
    const saved = await this.saving.run(() => call('record_put', { kind: this.#kind, id, fields }));
    if (!saved) return;
    this.close();
    saySaved(saved);
  }

  async remove(): Promise<void> {
    const { open } = this;
    if (!open) return;
    const saved = await this.saving.run(() => call('record_archive', { id: open.id }));
    if (!saved) return;
    this.close();
    saySaved(saved, t.settings.removed(open.name));
  }
}

/** Words typed with commas (or on lines of their own) in between. */
export function wordsOf(text: string): string[] {
  const words = text.split(/[,\n]/).map((word) => word.trim().replace(/\s+/g, ' '));
  return [...new Set(words.filter((word) => word !== ''))];
}
