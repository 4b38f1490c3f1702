import { call, liveQuery, type ConflictView } from '../../backend/index.ts';
import { shapeOf } from './field.ts';

/** Names of people, themes and records, so that no id is ever shown. */
export interface Names {
  /** `undefined`: not known yet; `null`: there is no such thing any more. */
  of(id: string): string | null | undefined;
}

/** The names that the values of a conflict need. Call it while a component is being created. */
export function namesFor(conflict: () => ConflictView): Names {
  const shape = (): string => shapeOf(conflict().path);
  const lists = liveQuery('lists_get', () => (fromLists.has(shape()) ? {} : undefined), [
    'theme',
    'neighbourhood',
  ]);
  const records = new RecordNames();
  $effect(() => {
    if (shape() === 'reference') void records.ask(idsIn(conflict()));
  });
  return {
    of(id) {
      if (shape() === 'reference') return records.of(id);
      if (!lists.value) return lists.error ? null : undefined;
      const { people, themes, neighbourhoods } = lists.value;
      return (
        people.find(({ member }) => member === id)?.name ??
        themes.find((theme) => theme.id === id)?.name ??
        neighbourhoods.find((place) => place.id === id)?.title ??
        null
      );
    },
  };
}

const fromLists = new Set<string>(['member', 'theme', 'neighbourhood']);

function idsIn({ values }: ConflictView): string[] {
  return values.flatMap(({ value }) => (typeof value === 'string' && value !== '' ? [value] : []));
}

class RecordNames {
  #known = $state.raw<ReadonlyMap<string, string | null>>(new Map());
  readonly #asked = new Set<string>();

  of(id: string): string | null | undefined {
    return this.#known.get(id);
  }

  async ask(ids: readonly string[]): Promise<void> {
    await Promise.all(
      ids
        .filter((id) => !this.#asked.has(id))
        .map(async (id) => this.#learn(id, await titleOf(id))),
    );
  }

  #learn(id: string, title: string | null): void {
    this.#asked.add(id);
    this.#known = new Map([...this.#known, [id, title]]);
  }
}

async function titleOf(id: string): Promise<string | null> {
  try {
    return (await call('record_name', { id })).title;
  } catch {
    // What cannot be read is shown as "no longer there"; the choice itself does not need its name.
    return null;
  }
}
