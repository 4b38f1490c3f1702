import type { Route } from '../../shared/index.ts';

/** The records that were opened last, newest first; only as long as the app is open. */
export class Recent {
  ids = $state.raw<readonly string[]>([]);

  visit({ screen, path }: Route): void {
    const id = screen === 'records' ? path[1] : path[0];
    if (id === undefined || !ID.test(id)) return;
    this.ids = [id, ...this.ids.filter((other) => other !== id)].slice(0, KEPT);
  }

  /** Nothing of residents stays behind the lock. */
  clear(): void {
    this.ids = [];
  }
}

/** What was opened last, for whoever searches. */
export const recent = new Recent();

const KEPT = 6;
const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
