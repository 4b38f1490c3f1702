/** The id that stands in a field which names another record; `null` when it names none. */
export function referenceId(field: unknown): string | null {
  return typeof field === 'string' && field !== '' ? field : null;
}

/** The ids that stand in a field which names several records. */
export function referenceIds(field: unknown): string[] {
  return Array.isArray(field) ? field.filter((id): id is string => typeof id === 'string') : [];
}
