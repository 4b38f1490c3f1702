import type { Saved } from '../../backend/index.ts';
import { Attempt, saySaved } from '../../shared/index.ts';

/** One thing to keep: under way, kept with the way back, or refused with the reason. */
export class Saving extends Attempt {
  /** Keeps it and says so. Answers `undefined` when it was refused or one is under way. */
  async save(action: () => Promise<Saved>, said?: string): Promise<Saved | undefined> {
    const saved = await this.run(action);
    if (saved) saySaved(saved, said);
    return saved;
  }

  /** The path of the field that was refused, such as `name` or `ways/k1/value`. */
  get field(): string | undefined {
    const details = this.error?.details;
    if (typeof details !== 'object' || details === null || !('field' in details)) return undefined;
    return typeof details.field === 'string' ? details.field : undefined;
  }
}
