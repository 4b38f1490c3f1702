import type { Group } from '../../backend/index.ts';
import { referenceIds } from './reference.ts';

/** The fields of a group as the screens use them. */
export type GroupFields = Omit<Group, 'members'> & { members: string[] };

export function groupFields(group: Group): GroupFields {
  return { ...group, members: referenceIds(group.members) };
}

export const noGroup: GroupFields = {
  name: '',
  group_kind: 'group',
  members: [],
  street: '',
  house_number: '',
  about: '',
  archived: false,
};
