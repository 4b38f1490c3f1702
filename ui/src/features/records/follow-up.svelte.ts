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
      t.today.doneSaved,
    );
  }

  move(due: string): Promise<Saved | undefined> {
    return this.saving.save(
      () => call('follow_up_move', { id: this.#id, due }),
      t.today.moved(dayInWords(due)),
    );
  }

  drop(reason: string): Promise<Saved | undefined> {
    return this.saving.save(
      () => call('follow_up_drop', { id: this.#id, reason: reason.trim() }),
      t.today.dropped,
    );
  }

  /** Exactly one person does it: the new one takes the place of the old one. */
  giveTo(person: { member: string; name: string }): Promise<Saved | undefined> {
    return this.#put({ owner: person.member }, t.today.given(person.name));
  }

  /** Opens it again: it was ticked off or dropped by mistake, or comes back after all. */
  reopen(): Promise<Saved | undefined> {
    const fields = { state: 'open', closed_at: null, outcome: null, reason: null };
    return this.#put(fields, t.today.reopened);
  }

  #put(fields: Record<string, unknown>, said: string): Promise<Saved | undefined> {
    return this.saving.save(
      () => call('record_put', { kind: 'follow_up', id: this.#id, fields }),
      said,
    );
  }
}
