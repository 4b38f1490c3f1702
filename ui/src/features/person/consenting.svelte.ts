import { call, type Consent, type LegalBasis } from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';
import { Saving } from '../records/index.ts';

/** Keeps what a person said about keeping their details, and why they may be kept. */
export class Consenting extends Saving {
  readonly #id: () => string;

  constructor(id: () => string) {
    super();
    this.#id = id;
  }

  /** What they said, today. */
  async answer(consent: Consent): Promise<void> {
    await this.#record({ consent }, t.person.asked);
  }

  /** They said it on another day. */
  async was(consent: Consent, day: string): Promise<void> {
    if (day !== '') await this.#record({ consent, on: day }, t.contacts.consentSaved);
  }

  /** The ground; an empty word leaves it as it is. */
  async because(basis: string): Promise<void> {
    if (basis !== '') await this.#record({ basis: basis as LegalBasis }, t.person.basisSaved);
  }

  async #record(
    what: { consent?: Consent; basis?: LegalBasis; on?: string },
    said: string,
  ): Promise<void> {
    const { consent = null, basis = null, on = null } = what;
    await this.save(() => call('consent_record', { id: this.#id(), consent, basis, on }), said);
  }
}
