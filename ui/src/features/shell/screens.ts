import type { Component } from 'svelte';
import { Screen as Capture } from '../capture/index.ts';
import type { ScreenName } from '../../shared/index.ts';

type Loaded = Promise<{ Screen: Component }>;

/** Capture is there at once, since the app opens on it; every other screen is fetched when needed. */
const loaders: Record<ScreenName, () => Loaded> = {
  capture: () => Promise.resolve({ Screen: Capture }),
  today: () => import('../today/index.ts'),
  contacts: () => import('../contacts/index.ts'),
  signals: () => import('../signals/index.ts'),
  neighbourhood: () => import('../neighbourhood/index.ts'),
  records: () => import('../records/index.ts'),
  search: () => import('../search/index.ts'),
  sync: () => import('../sync/index.ts'),
  settings: () => import('../settings/index.ts'),
  import: () => import('../import/index.ts'),
  conflicts: () => import('../conflicts/index.ts'),
};

const loaded = new Map<ScreenName, Component>([['capture', Capture]]);

/** The screen, if it has been fetched already. */
export function screenNow(name: ScreenName): Component | undefined {
  return loaded.get(name);
}

/** Fetches a screen. */
export async function loadScreen(name: ScreenName): Promise<Component> {
  const { Screen } = await loaders[name]();
  loaded.set(name, Screen);
  return Screen;
}

/** Fetches the other screens once the first one stands, so that going there costs nothing. */
export function loadTheRest(): void {
  const rest = Object.keys(loaders) as ScreenName[];
  // A screen that cannot be fetched now is asked for again, and explained, when someone goes there.
  setTimeout(() => void Promise.allSettled(rest.map(loadScreen)), 500);
}
