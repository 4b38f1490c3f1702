import { BackendError, call, type AuditHeard, type AuditView } from '../../backend/index.ts';

/** What was done with people's details, newest first, in parts; first what is known here, then what the server tells. */
export class AuditLog {
  rows = $state.raw<readonly AuditView[]>([]);
  total = $state(0);
  loading = $state(true);
  error = $state.raw<BackendError | undefined>();
  /** What the server told; nothing while it is still being asked. */
  heard = $state.raw<AuditHeard | undefined>();
  #record: string | null = null;
  #asked = 0;

  readonly left: number = $derived(Math.max(0, this.total - this.rows.length));

  /** Starts over: of one record, or of all. */
  async of(record: string | undefined): Promise<void> {
    this.#record = record ?? null;
    this.rows = [];
    this.total = 0;
    this.heard = undefined;
    await this.more();
    await this.#hear();
  }

  /** The next part. */
  async more(): Promise<void> {
    const turn = ++this.#asked;
    this.loading = true;
    this.error = undefined;
    try {
      const part = await this.#part(this.rows.length, PART);
      if (turn !== this.#asked) return;
      this.total = part.total;
      this.rows = [...this.rows, ...part.rows];
    } catch (cause) {
      if (turn !== this.#asked) return;
      this.error = BackendError.from(cause);
    }
    this.loading = false;
  }

  /** What others did comes in between what stands there already. */
  async #hear(): Promise<void> {
    const turn = this.#asked;
    try {
      const heard = await call('audit_hear', { record: this.#record });
      if (turn !== this.#asked) return;
      if (heard.reached) {
        const part = await this.#part(0, Math.max(PART, this.rows.length));
        if (turn !== this.#asked) return;
        this.total = part.total;
        this.rows = part.rows;
      }
      this.heard = heard;
    } catch (cause) {
      if (turn === this.#asked) this.error = BackendError.from(cause);
    }
  }

  #part(offset: number, limit: number): Promise<{ total: number; rows: AuditView[] }> {
    return call('audit_list', { record: this.#record, offset, limit });
  }
}

const PART = 100;
