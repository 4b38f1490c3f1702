import { call, type Consent, type Contact, type LegalBasis } from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';
import { Saving } from '../records/index.ts';

/** What was filled in about consent. */
export interface Answer {
  consent: Consent;
  /** The day they said it; empty for today. */
  on: string;
  /** Why the details may be kept; empty when that is not known. */
  basis: LegalBasis | '';
}

/** Keeps what a person said about keeping their details, and why they may be kept. */
export class Consenting extends Saving {
  readonly #id: () => string;

  constructor(id: () => string) {
    super();
    this.#id = id;
  }

  /** What they said, today. Says whether it is kept. */
  answer(consent: Consent): Promise<boolean> {
    return this.#record({ consent, basis: null, on: null }, t.person.asked);
  }

  /** What differs from what is known of the contact. Says whether all is kept; nothing is sent when nothing differs. */
  async keep(known: Contact, { consent, on, basis }: Answer): Promise<boolean> {
    const before = known.consent ?? 'not_asked';
    const otherDay = consent !== 'not_asked' && on !== (known.consent_on ?? '');
    const change = {
      consent: consent !== before || otherDay ? consent : null,
      basis: basis === '' || basis === known.basis ? null : basis,
      on: otherDay && on !== '' ? on : null,
    };
    if (change.consent === null && change.basis === null) return true;
    const said = change.consent === null ? t.person.basisSaved : t.contacts.consentSaved;
    return this.#record(change, said);
  }

  async #record(
    change: { consent: Consent | null; basis: LegalBasis | null; on: string | null },
    said: string,
  ): Promise<boolean> {
    const saved = await this.save(
      () => call('consent_record', { id: this.#id(), ...change }),
      said,
    );
    return saved !== undefined;
  }
}

/** The answers that can be given. */
export function answers(): { value: Consent; label: string }[] {
  return (Object.entries(t.vocabulary.consent) as [Consent, string][]).map(([value, label]) => ({
    value,
    label,
  }));
}
