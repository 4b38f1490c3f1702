import {
  BackendError,
  call,
  type ImportPreview,
  type ImportRow,
  type Saved,
} from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';
import { Attempt, notices, takenBack } from '../../shared/index.ts';
import { readBase64 } from './read-file.ts';

/** What happens with a row: added to who it probably is, made new, or left out. */
export type Fate = 'merge' | 'new' | 'skip';

/** Where the import stands. */
export type Step =
  | { at: 'choose' }
  /** Bytes of the file that were read, and in all. */
  | { at: 'reading'; file: string; done: number; total: number }
  | { at: 'looking'; file: string }
  | { at: 'preview'; file: string; preview: ImportPreview }
  | { at: 'done'; saved: Saved; skipped: number; unreadable: number };

/** A file that is read, looked at, and only then kept. */
export class Importing {
  step = $state.raw<Step>({ at: 'choose' });
  /** Why the file could not be read. */
  error = $state.raw<BackendError | undefined>();
  /** The file itself cannot be opened: moved, or no right to read it. */
  unopenable = $state(false);
  /** Keeping it, and taking it back. */
  readonly applying = new Attempt();
  #fates = $state.raw<ReadonlyMap<number, Fate>>(new Map());
  #turn = 0;

  /** How many rows will be kept. */
  readonly taking: number = $derived(
    this.step.at === 'preview' ? this.step.preview.readable - this.#rows('skip').length : 0,
  );

  /** Reads a file and shows what is in it; a file chosen meanwhile takes its place. */
  async read(file: File): Promise<void> {
    const turn = ++this.#turn;
    const { name } = file;
    this.error = undefined;
    this.unopenable = false;
    this.step = { at: 'reading', file: name, done: 0, total: file.size };
    const content = await readBase64(file, (done) => {
      if (turn === this.#turn) this.step = { at: 'reading', file: name, done, total: file.size };
    });
    if (turn !== this.#turn) return;
    if (content === undefined) {
      this.unopenable = true;
      this.step = { at: 'choose' };
      return;
    }
    this.step = { at: 'looking', file: name };
    await this.#look(name, content, turn);
  }

  /** Back to the choice of a file; nothing is kept. */
  cancel(): void {
    this.#turn += 1;
    this.step = { at: 'choose' };
    this.applying.error = undefined;
  }

  /** What happens with a row; who is probably known is added to who it is. */
  fate(row: ImportRow): Fate {
    return this.#fates.get(row.row) ?? (row.duplicate ? 'merge' : 'new');
  }

  decide(rows: readonly ImportRow[], fate: Fate): void {
    this.#fates = new Map([...this.#fates, ...rows.map(({ row }) => [row, fate] as const)]);
  }

  /** Keeps what was chosen, all of it or nothing. */
  async apply(): Promise<void> {
    if (this.step.at !== 'preview') return;
    const { preview } = this.step;
    const skip = this.#rows('skip');
    const merge = [...this.#rows('merge'), ...unseen(preview)];
    const saved = await this.applying.run(() =>
      call('import_apply', { import: preview.import, skip, merge }),
    );
    if (saved) {
      const unreadable = preview.unreadable.length;
      this.step = { at: 'done', saved, skipped: skip.length, unreadable };
    } else if (this.applying.error?.code === 'no_import') {
      this.error = this.applying.error;
      this.cancel();
    }
  }

  /** Takes the whole import back. */
  async undo(): Promise<void> {
    if (this.step.at !== 'done' || this.step.saved.undo === null) return;
    const { undo } = this.step.saved;
    const undone = await this.applying.run(() => call('action_undo', { undo }));
    if (!undone) return;
    this.step = { at: 'choose' };
    notices.say(takenBack(undone, t.importing.done.undone));
  }

  async #look(file: string, content: string, turn: number): Promise<void> {
    try {
      const preview = await call('import_read', { file_name: file, content });
      if (turn !== this.#turn) return;
      this.#fates = new Map();
      this.step = { at: 'preview', file, preview };
    } catch (cause) {
      if (turn !== this.#turn) return;
      this.error = BackendError.from(cause);
      this.step = { at: 'choose' };
    }
  }

  #rows(fate: Fate): number[] {
    if (this.step.at !== 'preview') return [];
    return this.step.preview.rows.filter((row) => this.fate(row) === fate).map(({ row }) => row);
  }
}

/** Rows beyond those shown; the app makes new ones of those that it does not know. */
function unseen({ rows, readable }: ImportPreview): number[] {
  const first = rows.length;
  return Array.from({ length: Math.max(0, readable - first) }, (_, at) => first + at);
}
