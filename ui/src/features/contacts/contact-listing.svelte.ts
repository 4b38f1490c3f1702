import {
  call,
  type ContactList,
  type ContactListQuery,
  type ContactRow,
  type LetterStart,
} from '../../backend/index.ts';
import { WindowedRows } from '../records/index.ts';

/** What the list of contacts is narrowed to. */
export type ContactFilters = Omit<ContactListQuery, 'offset' | 'limit'>;

/** Nobody is left out. */
export const everyone: ContactFilters = {
  text: '',
  street: null,
  role: null,
  offers: false,
  quiet_days: null,
};

/** "Long not spoken": three months. */
export const QUIET_DAYS = 90;

/** The contacts, A to Z, narrowed to what the broker looks for. */
export class ContactListing {
  filters = $state.raw<ContactFilters>(everyone);
  /** Where each letter starts; none while someone is left out. */
  letters = $state.raw<readonly LetterStart[]>([]);
  readonly rows = new WindowedRows<ContactRow, ContactList>((offset, limit) =>
    this.#ask(offset, limit),
  );

  /** Someone is left out on purpose, so an empty list is no empty book. */
  readonly filtered: boolean = $derived(
    this.filters.text.trim() !== '' ||
      this.filters.street !== null ||
      this.filters.role !== null ||
      this.filters.offers ||
      this.filters.quiet_days !== null,
  );

  async narrow(change: Partial<ContactFilters>): Promise<void> {
    this.filters = { ...this.filters, ...change };
    await this.rows.restart();
  }

  async showEveryone(): Promise<void> {
    await this.narrow(everyone);
  }

  /** The letters come with the first row only. */
  async #ask(offset: number, limit: number): Promise<ContactList> {
    const { filters } = this;
    const answer = await call('contact_list', { ...filters, offset, limit });
    if (offset === 0 && filters === this.filters) this.letters = answer.letters;
    return answer;
  }
}
