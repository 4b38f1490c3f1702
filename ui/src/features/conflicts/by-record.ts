import type { ConflictView, RecordRef } from '../../backend/index.ts';

/** The conflicts of one record. */
export interface RecordConflicts {
  record: RecordRef;
  conflicts: ConflictView[];
}

/** Puts the conflicts of a record together, in the order in which they come. */
export function byRecord(conflicts: readonly ConflictView[]): RecordConflicts[] {
  const groups = new Map<string, RecordConflicts>();
  for (const conflict of conflicts) {
    const { record } = conflict;
    const group = groups.get(record.id) ?? { record, conflicts: [] };
    group.conflicts.push(conflict);
    groups.set(record.id, group);
  }
  return [...groups.values()];
}
