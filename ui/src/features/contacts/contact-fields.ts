import type { Contact } from '../../backend/index.ts';
import { referenceId } from '../records/index.ts';

/** The fields of a contact that a person edits. */
export type ContactFields = Omit<
  Contact,
  | 'neighbourhood'
  | 'consent'
  | 'consent_on'
  | 'consent_by'
  | 'basis'
  | 'basis_on'
  | 'basis_by'
  | 'merged_into'
  | 'archived'
> & { neighbourhood: string };

/** Consent is not here: it is asked and changed on the page, as a question of its own. */
export function contactFields(contact: Contact): ContactFields {
  const { name, ways, street, house_number, postcode, town, roles, languages } = contact;
  const { talents, cares_about, met, attention } = contact;
  return {
    name,
    ways,
    street,
    house_number,
    postcode,
    town,
    neighbourhood: referenceId(contact.neighbourhood) ?? '',
    roles,
    languages,
    talents,
    cares_about,
    met,
    attention,
  };
}

export const noContact: ContactFields = {
  name: '',
  ways: {},
  street: '',
  house_number: '',
  postcode: '',
  town: '',
  neighbourhood: '',
  roles: [],
  languages: [],
  talents: {},
  cares_about: '',
  met: '',
  attention: false,
};
