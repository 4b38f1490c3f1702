import type { Component } from 'svelte';
import { Screen as Capture } from '../capture/index.ts';
import type { ScreenName } from '../../shared/index.ts';

type Loaded = Promise<{ default: Component }>;

/**
 * Capture is there at once, since the app opens on it. Every other screen is fetched when needed,
 * by its file and not by its feature's index: what others use of a feature would drag it along.
 */
const loaders: Record<ScreenName, () => Loaded> = {
  capture: () => Promise.resolve({ default: Capture }),
  today: () => import('../today/Screen.svelte'),
  contacts: () => import('../contacts/Screen.svelte'),
  signals: () => import('../signals/Screen.svelte'),
  neighbourhood: () => import('../neighbourhood/Screen.svelte'),
  records: () => import('../records/Screen.svelte'),
  search: () => import('../search/Screen.svelte'),
  sync: () => import('../sync/Screen.svelte'),
  settings: () => import('../settings/Screen.svelte'),
  import: () => import('../import/Screen.svelte'),
  conflicts: () => import('../conflicts/Screen.svelte'),
  scratch: () => import('../scratch/Screen.svelte'),
  erase: () => import('../erase/Screen.svelte'),
  redact: () => import('../redact/Screen.svelte'),
  retention: () => import('../retention/Screen.svelte'),
  audit: () => import('../audit/Screen.svelte'),
  team: () => import('../team/Screen.svelte'),
  devices: () => import('../team/Devices.svelte'),
};

const loaded = new Map<ScreenName, Component>([['capture', Capture]]);

/** The screen, if it has been fetched already. */
export function screenNow(name: ScreenName): Component | undefined {
  return loaded.get(name);
}

/** Fetches a screen. */
export async function loadScreen(name: ScreenName): Promise<Component> {
  const { default: screen } = await loaders[name]();
  loaded.set(name, screen);
  return screen;
}

/** Fetches the other screens once the first one stands, so that going there costs nothing. */
export function loadTheRest(): void {
  const rest = Object.keys(loaders) as ScreenName[];
  // A screen that cannot be fetched now is asked for again, and explained, when someone goes there.
  setTimeout(() => void Promise.allSettled(rest.map(loadScreen)), 500);
}
