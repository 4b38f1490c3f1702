import { call } from '../../backend/index.ts';
import { Attempt, saySaved } from '../../shared/index.ts';
import { t } from '../../i18n/index.ts';

/** An entry of one of the organisation's lists while it is being made or changed. */
export class Entry {
  /** `undefined`: nothing is open. `id` is empty for a new entry. */
  open = $state.raw<{ id: string; name: string } | undefined>();
  name = $state('');
  /** Words of a theme, code of a neighbourhood. */
  extra = $state('');
  readonly saving = new Attempt();
  readonly #kind: 'theme' | 'neighbourhood';
  readonly #fieldsOf: (extra: string) => Record<string, unknown>;

  constructor(
    kind: 'theme' | 'neighbourhood',
    fieldsOf: (extra: string) => Record<string, unknown>,
  ) {
    this.#kind = kind;
    this.#fieldsOf = fieldsOf;
  }

  begin(entry: { id: string; name: string; extra: string }): void {
    this.open = { id: entry.id, name: entry.name };
    this.name = entry.name;
    this.extra = entry.extra;
    this.saving.error = undefined;
  }

  close(): void {
    this.open = undefined;
  }

  async save(): Promise<void> {
    const { open } = this;
    if (!open) return;
    const fields = { name: this.name.trim(), ...this.#fieldsOf(this.extra) };
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
