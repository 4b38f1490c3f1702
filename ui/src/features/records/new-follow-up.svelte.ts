import { t } from '../../i18n/index.ts';
import { RecordForm } from './form.svelte.ts';

/** What is typed of a follow-up. */
interface Fields {
  what: string;
  due: string;
  time: string;
  waiting_for: string;
  about: string[];
  signal: string | null;
}

/** What a new follow-up belongs to. */
export interface Around {
  /** Whom it is for. */
  about?: readonly string[];
  /** The signal it belongs to. */
  signal?: string | null;
}

/** A follow-up while it is being made. The app fills in who does it: the one who promised. */
export class NewFollowUp extends RecordForm<Fields> {
  #tried = $state(false);

  constructor({ about = [], signal = null }: Around = {}) {
    const empty = { what: '', due: '', time: '', waiting_for: '', about: [...about], signal };
    super('follow_up', null, empty);
  }

  /** The field is needed and empty; not said before it was tried. */
  missing(field: 'what' | 'due'): boolean {
    return this.#tried && this.draft[field].trim() === '';
  }

  /** Keeps it. Answers its id, or `undefined` when something is missing or it was refused. */
  override async save(): Promise<string | undefined> {
    this.#tried = true;
    if (this.missing('what') || this.missing('due')) return undefined;
    return super.save(t.today.form.saved);
  }
}
