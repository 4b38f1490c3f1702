import type { Organisation } from '../../backend/index.ts';

export const noOrganisation: Organisation = {
  name: '',
  sort: '',
  ways: {},
  street: '',
  house_number: '',
  postcode: '',
  town: '',
  about: '',
  archived: false,
};
