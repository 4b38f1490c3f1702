import { BackendError, call, type AuditView } from '../../backend/index.ts';

/** What was done with people's details, newest first, in parts. */
export class AuditLog {
  rows = $state.raw<readonly AuditView[]>([]);
  total = $state(0);
  loading = $state(true);
  error = $state.raw<BackendError | undefined>();
  #record: string | null = null;
  #asked = 0;

  readonly left: number = $derived(Math.max(0, this.total - this.rows.length));

  /** Starts over: of one record, or of all. */
  async of(record: string | undefined): Promise<void> {
    this.#record = record ?? null;
    this.rows = [];
    this.total = 0;
    await this.more();
  }

  /** The next part. */
  async more(): Promise<void> {
    const turn = ++this.#asked;
    this.loading = true;
    this.error = undefined;
    try {
      const part = await call('audit_list', {
        record: this.#record,
        offset: this.rows.length,
        limit: PART,
      });
      if (turn !== this.#asked) return;
      this.total = part.total;
      this.rows = [...this.rows, ...part.rows];
    } catch (cause) {
      if (turn !== this.#asked) return;
      this.error = BackendError.from(cause);
    }
    this.loading = false;
  }
}

const PART = 100;
