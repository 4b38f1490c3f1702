import type { Grant, OpenInvitation, Person, TeamDevice } from '../../backend/index.ts';
import { list, t } from '../../i18n/index.ts';
import { spaceName } from '../../shared/index.ts';

/** What somebody may do, from the least to the most. */
export const roles = ['reader', 'writer', 'manager'] as const;

/** What somebody may do. */
export type Role = (typeof roles)[number];

/** The roles as answers, each with what it means. */
export function roleOptions(): { value: Role; label: string; hint: string }[] {
  return roles.map((value) => ({ value, ...t.team.roles[value] }));
}

export function isRole(word: string): word is Role {
  return (roles as readonly string[]).includes(word);
}

/** lezen en schrijven in Team Lindenbuurt en lezen in Sociale kaart */
export function grantWords(grants: readonly Grant[]): string {
  return list(
    grants.map(({ role, space }) => t.team.grant(t.team.role[role] ?? role, spaceName(space))),
  );
}

/** Whom an invitation is for, or what it gives. */
export function invitationWords({ grants, person }: OpenInvitation): string {
  return grants.length === 0 && person ? t.team.openOwn(person.name) : grantWords(grants);
}

/** Linux, versie 0.1.0 */
export function kindOfDevice({ platform, app_version }: TeamDevice): string {
  return t.team.version(t.team.platform[platform] ?? platform, app_version);
}

/** A person by name, and oneself as such. */
export function personWords({ name, me }: Person): string {
  return me ? t.team.me(name) : name;
}
