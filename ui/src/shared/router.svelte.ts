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

/** Reads an address. */
export function parse(hash: string): Route {
  const [address = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [first = '', ...path] = address.split('/').filter(Boolean).map(decode);
  return {
    screen: first === '' ? 'capture' : screens.find((screen) => screen === first),
    path,
    query: Object.fromEntries(new URLSearchParams(search)),
  };
}

class Router {
  #route = $state.raw<Route>(parse(location.hash));

  constructor() {
    addEventListener('hashchange', () => {
      this.#route = parse(location.hash);
    });
  }

  get route(): Route {
    return this.#route;
  }

  /** The id in the address, when there is one. */
  get id(): string | undefined {
    return this.#route.path[0];
  }

  go(screen: ScreenName, path: readonly string[] | string = [], query = {}): void {
    location.hash = href(screen, path, query);
    this.#route = parse(location.hash);
  }

  /** Changes the address without a step in the history; for filters and corrected addresses. */
  replace(screen: ScreenName, path: readonly string[] | string = [], query = {}): void {
    history.replaceState(null, '', href(screen, path, query));
    this.#route = parse(location.hash);
  }

  /** One step up: from a record to its list. Says whether there was a step to take. */
  up(): boolean {
    const { screen, path, query } = this.#route;
    if (!screen || path.length === 0) return false;
    this.go(screen, path.slice(0, -1), query);
    return true;
  }
}

/** Where the broker is, the same for every screen. */
export const router = new Router();

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
