import { createContext } from 'svelte';

/** What this person may do with the record whose page this is. */
export interface Rights {
  /** It may be read, not changed. */
  readonly readOnly: boolean;
}

const [here, setRights, known] = createContext<Rights>();

export { setRights };

/** The rights on this page. Outside a page nothing is forbidden here; the app judges again. */
export function rights(): Rights {
  return known() ? here() : { readOnly: false };
}
