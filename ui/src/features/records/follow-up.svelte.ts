import { call, type Saved } from '../../backend/index.ts';
import { dayInWords, t } from '../../i18n/index.ts';
import { Saving } from './saving.svelte.ts';

/** What can be done with a follow-up. */
export class FollowUpActions {
  readonly saving = new Saving();
  readonly #id: string;

  constructor(id: string) {
    this.#id = id;
  }

  /** Ticks it off, with what came of it (may stay empty). */
  done(outcome: string): Promise<Saved | undefined> {
    return this.saving.save(
      () => call('follow_up_done', { id: this.#id, outcome: outcome.trim() }),
      t.records.doneSaved,
    );
  }

  move(due: string): Promise<Saved | undefined> {
    return this.saving.save(
      () => call('follow_up_move', { id: this.#id, due }),
      t.records.moved(dayInWords(due)),
    );
  }

  drop(reason: string): Promise<Saved | undefined> {
    return this.saving.save(
      () => call('follow_up_drop', { id: this.#id, reason: reason.trim() }),
      t.records.dropped,
    );
  }
}

/** A follow-up while it is being made. The app fills in who does it: the one who promised. */
export class NewFollowUp {
  what = $state('');
  due = $state('');
  readonly saving = new Saving();
  readonly ready = $derived(this.what.trim() !== '' && this.due !== '');

  /** `signal` when it belongs to a signal; `about` for whom it is. */
  async save(about: readonly string[], signal: string | null): Promise<Saved | undefined> {
    const fields = {
      what: this.what.trim(),
      due: this.due,
      about,
      ...(signal === null ? {} : { signal }),
    };
    return this.saving.save(
      () => call('record_put', { kind: 'follow_up', id: null, fields }),
      t.records.followUpSaved,
    );
  }
}
