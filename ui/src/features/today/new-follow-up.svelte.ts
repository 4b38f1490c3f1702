import { call } from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';
import { Saving } from '../records/index.ts';

/** A follow-up while it is being made. */
export class NewFollowUp {
  what = $state('');
  due = $state('');
  time = $state('');
  waitingFor = $state('');
  about = $state<string[]>([]);
  /** Nobody else can change what is not there yet. */
  readonly overtaken: readonly string[] = [];
  readonly saving = new Saving();
  #tried = $state(false);
  readonly #owner: string | null;

  /** It is the owner's own promise, until somebody else takes it over. */
  constructor(owner: string | null) {
    this.#owner = owner;
  }

  /** The field is needed and empty; not said before it was tried. */
  missing(field: 'what' | 'due'): boolean {
    return this.#tried && this[field].trim() === '';
  }

  /** Keeps it. Answers its id, or `undefined` when something is missing or it was refused. */
  async save(): Promise<string | undefined> {
    this.#tried = true;
    if (this.missing('what') || this.missing('due')) return undefined;
    const fields = {
      what: this.what.trim(),
      due: this.due,
      time: this.time,
      waiting_for: this.waitingFor.trim(),
      about: $state.snapshot(this.about),
      owner: this.#owner,
      state: 'open',
    };
    const saved = await this.saving.save(
      () => call('record_put', { kind: 'follow_up', id: null, fields }),
      t.today.form.saved,
    );
    return saved?.id;
  }
}
