import { t } from '../i18n/index.ts';
import type { IconName } from './icons.ts';

/** The shape of a space, so that it is told apart without its colour or name. */
export function spaceIcon(kind: string): IconName {
  return icons[kind] ?? 'people';
}

/** What people call it. One's own space often has no name. */
export function spaceName({ name, kind }: { name: string; kind: string }): string {
  if (kind === 'personal') return t.common.space.personal;
  if (kind === 'device') return t.common.space.device;
  return name === '' ? t.common.space.unnamed : name;
}

/** Whether new records and edits are taken there. */
export function mayWrite({ role }: { role: string }): boolean {
  return role === 'writer' || role === 'manager';
}

const icons: Record<string, IconName> = {
  personal: 'person',
  team: 'people',
  organisation: 'building',
  partnership: 'offer',
  device: 'alone',
};
