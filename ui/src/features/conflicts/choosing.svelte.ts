import { call, type ConflictView } from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';
import { Attempt, saySaved } from '../../shared/index.ts';

/** A person's choice between the values of one field. */
export class Choosing extends Attempt {
  /** Keeps the value at `choice`, or all of them for `null`. Says whether it was kept. */
  async choose(conflict: ConflictView, choice: number | null): Promise<boolean> {
    const { record, path, values } = conflict;
    // What was on the screen goes along, so that a value that came in since is never hidden.
    const seen = values.map(({ value }) => value);
    const saved = await this.run(() =>
      call('conflict_resolve', { id: record.id, path, choice, seen }),
    );
    if (saved) saySaved(saved, t.conflicts.chosen);
    return saved !== undefined;
  }
}
