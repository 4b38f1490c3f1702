import { call, type RetentionTermView } from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';
import { Saving } from '../records/index.ts';

/** The usual terms, in months. */
const USUAL = [6, 12, 24, 36, 60, 84, 120];

/** How long a kind of record is kept: chosen from the usual terms, or typed. */
export class TermForm {
  open = $state(false);
  /** Months as text, `none`, or `other`. */
  choice = $state('none');
  months = $state('');
  why = $state('');
  readonly saving = new Saving();
  readonly #of: () => RetentionTermView;

  readonly #space: () => string;

  constructor(of: () => RetentionTermView, space: () => string) {
    this.#of = of;
    this.#space = space;
  }

  readonly choices: readonly { value: string; label: string }[] = $derived.by(() => {
    const { suggested } = this.#of();
    return [
      { value: 'none', label: t.retention.noTerm },
      ...USUAL.map((months) => {
        const words = t.retention.months(months);
        const label = months === suggested ? t.retention.suggested(words) : words;
        return { value: String(months), label };
      }),
      { value: 'other', label: t.retention.otherMonths },
    ];
  });

  start(): void {
    const { months, why, suggested } = this.#of();
    // Whoever opens it for the first time wants a term; the usual one is a tap away.
    const shown = months ?? suggested;
    this.choice = USUAL.includes(shown) ? String(shown) : 'other';
    this.months = String(shown);
    this.why = why;
    this.saving.error = undefined;
    this.open = true;
  }

  stop(): void {
    this.open = false;
  }

  async save(): Promise<void> {
    const { kind } = this.#of();
    const months = this.choice === 'none' ? null : Number(this.#typed());
    const saved = await this.saving.save(
      () => call('retention_set', { space: this.#space(), kind, months, why: this.why.trim() }),
      t.retention.saved,
    );
    if (saved) this.stop();
  }

  /** What is no whole number reaches the app as 0, which it refuses with the reason. */
  #typed(): string {
    const typed = this.choice === 'other' ? this.months.trim() : this.choice;
    return /^\d{1,4}$/.test(typed) ? typed : '0';
  }
}
