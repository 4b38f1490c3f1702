/** Every place of the app and its word in the address. */
export const screens = [
  'capture',
  'today',
  'contacts',
  'signals',
  'neighbourhood',
  'records',
  'search',
  'sync',
  'settings',
  'import',
  'conflicts',
  'scratch',
  'erase',
  'redact',
  'audit',
  'retention',
  'team',
  'devices',
] as const;

/** A place of the app. */
export type ScreenName = (typeof screens)[number];

/** Where the broker is: `#/contacts/<id>?text=fat` is screen, path and query. */
export interface Route {
  /** `undefined`: an address that does not exist. */
  screen: ScreenName | undefined;
  /** What comes after the screen; the first part usually is an id. */
  path: readonly string[];
  query: Readonly<Record<string, string>>;
}

/** The address of a place, for links. */
export function href(
  screen: ScreenName,
  path: readonly string[] | string = [],
  query: Record<string, string> = {},
): string {
  const parts = typeof path === 'string' ? [path] : path;
  const search = new URLSearchParams(query).toString();
  const address = [screen, ...parts].map(encodeURIComponent).join('/');
  return `#/${address}${search === '' ? '' : `?${search}`}`;
}

/** Reads an address. Anything that is not one of ours (such as the token of a door) is the start. */
export function parse(hash: string): Route {
  if (!hash.startsWith('#/')) return { screen: 'capture', path: [], query: {} };
  const [address = '', search = ''] = hash.slice(2).split('?', 2);
  const [first = '', ...path] = address.split('/').filter(Boolean).map(decode);
  return {
    screen: first === '' ? 'capture' : screens.find((screen) => screen === first),
    path,
    query: Object.fromEntries(new URLSearchParams(search)),
  };
}

/** Where "back" leads when there is no history; `undefined` in one of the five places. */
export function parentOf({ screen, path, query }: Route): ScreenName | undefined {
  // A note begun on a page leads back to that page, which is one step back.
  if (screen === 'capture') return query['about'] === undefined ? undefined : 'today';
  if (screen === 'records') return 'neighbourhood';
  if (screen === 'redact') return 'today';
  if (path.length > 0) return screen;
  return screen && tools[screen];
}

/** Screens beside the five places, and the place they are reached from. */
const tools: Partial<Record<ScreenName, ScreenName>> = {
  search: 'today',
  sync: 'today',
  settings: 'neighbourhood',
  import: 'neighbourhood',
  conflicts: 'neighbourhood',
  scratch: 'neighbourhood',
  erase: 'sync',
  redact: 'today',
  audit: 'neighbourhood',
  retention: 'neighbourhood',
  team: 'sync',
  devices: 'sync',
};

class Router {
  #route = $state.raw<Route>(parse(location.hash));
  /** Steps made inside the app; each entry of the history remembers its own number. */
  #depth = -1;

  constructor() {
    this.#arrive();
    addEventListener('hashchange', () => this.#arrive());
  }

  get route(): Route {
    return this.#route;
  }

  /** The id in the address, when there is one. */
  get id(): string | undefined {
    return this.#route.path[0];
  }

  go(
    screen: ScreenName,
    path: readonly string[] | string = [],
    query: Record<string, string> = {},
  ): void {
    location.hash = href(screen, path, query);
    this.#arrive();
  }

  /** Changes the address without a step in the history; for filters and corrected addresses. */
  replace(
    screen: ScreenName,
    path: readonly string[] | string = [],
    query: Record<string, string> = {},
  ): void {
    history.replaceState(history.state, '', href(screen, path, query));
    this.#arrive();
  }

  /** One step back: from a record to where it was opened. Says whether there was a step to take. */
  up(): boolean {
    const parent = parentOf(this.#route);
    if (!parent) return false;
    if (this.#depth > 0) history.back();
    else this.replace(parent);
    return true;
  }

  #arrive(): void {
    const here: unknown = history.state;
    if (hasDepth(here)) this.#depth = here.depth;
    else history.replaceState({ depth: (this.#depth += 1) }, '');
    this.#route = parse(location.hash);
  }
}

/** Where the broker is, the same for every screen. */
export const router = new Router();

function hasDepth(state: unknown): state is { depth: number } {
  return (
    typeof state === 'object' &&
    state !== null &&
    'depth' in state &&
    typeof state.depth === 'number'
  );
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
