/**
 * What an edit sends: the fields that differ, and nothing else, so that what a colleague changed
 * meanwhile in other fields stays. A JSON Merge Patch (RFC 7396): `null` empties a field.
 */
export function changedFields(before: object, after: object): Record<string, unknown> {
  const old = new Map<string, unknown>(Object.entries(before));
  const wanted = new Map<string, unknown>(Object.entries(after));
  const names = [...new Set([...old.keys(), ...wanted.keys()])];
  return Object.fromEntries(
    names
      .filter((name) => !equal(old.get(name), wanted.get(name)))
      .map((name) => [name, changedValue(old.get(name), wanted.get(name))]),
  );
}

/** The same value; the order of a set means nothing, and empty is empty. */
export function equal(one: unknown, other: unknown): boolean {
  if (isEmpty(one) && isEmpty(other)) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    const others = new Set<unknown>(other);
    return new Set<unknown>(one).size === others.size && one.every((item) => others.has(item));
  }
  if (isObject(one) && isObject(other)) return Object.keys(changedFields(one, other)).length === 0;
  return one === other;
}

/**
 * What someone is typing, on top of what arrived meanwhile: fields left alone follow the newest
 * values, sets and entries take both people's changes, a field both changed keeps what is typed.
 */
export function rebased(base: unknown, typed: unknown, newest: unknown): unknown {
  if (equal(base, typed)) return newest;
  if (Array.isArray(base) && Array.isArray(typed) && Array.isArray(newest))
    return rebasedSet(base, typed, newest);
  if (!isObject(base) || !isObject(typed) || !isObject(newest)) return typed;
  const names = new Set([...Object.keys(newest), ...Object.keys(typed)]);
  const fields = [...names]
    .map((name) => [name, rebased(base[name], typed[name], newest[name])] as const)
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(fields);
}

/**
 * What someone saw when they began to type: `newest` in fields left alone, what was there before in
 * a field in hand.
 */
export function seen(opened: unknown, base: unknown, typed: unknown, newest: unknown): unknown {
  if (equal(base, typed)) return newest;
  if (!isObject(base) || !isObject(typed) || !isObject(newest)) return opened;
  const old = isObject(opened) ? opened : {};
  const names = new Set([...Object.keys(newest), ...Object.keys(base)]);
  return Object.fromEntries(
    [...names].map((name) => [name, seen(old[name], base[name], typed[name], newest[name])]),
  );
}

/** Fields that someone is typing in and that changed elsewhere meanwhile. */
export function overtaken<T extends object>(base: T, typed: T, newest: T): (keyof T & string)[] {
  return (Object.keys(typed) as (keyof T & string)[]).filter(
    (name) =>
      !Array.isArray(typed[name]) &&
      !isObject(typed[name]) &&
      !equal(base[name], typed[name]) &&
      !equal(base[name], newest[name]) &&
      !equal(typed[name], newest[name]),
  );
}

function rebasedSet(
  base: readonly unknown[],
  typed: readonly unknown[],
  newest: readonly unknown[],
): unknown[] {
  const kept = newest.filter((item) => typed.includes(item) || !base.includes(item));
  return [...kept, ...typed.filter((item) => !base.includes(item) && !kept.includes(item))];
}

function changedValue(before: unknown, after: unknown): unknown {
  if (isObject(after)) return changedFields(isObject(before) ? before : {}, after);
  if (after === false) return false;
  if (Array.isArray(after)) return after;
  return isEmpty(after) ? null : after;
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === undefined || value === null || value === '' || value === false;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
