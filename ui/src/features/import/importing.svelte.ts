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
  /** The space for what is new; `undefined` is the usual one. */
  space = $state<string | undefined>();
  #fates = $state.raw<ReadonlyMap<number, Fate>>(new Map());
  /** What happens with who is probably known and was not decided about, also beyond the rows that are shown. */
  known = $state<Fate>('merge');
  #turn = 0;

  /** How many rows will be kept. */
  readonly taking: number = $derived(
    this.step.at === 'preview' ? this.step.preview.readable - this.#skipped : 0,
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
    return this.#fates.get(row.row) ?? (row.duplicate ? this.known : 'new');
  }

  /** One choice for everybody who is probably known, also beyond the rows that are shown. */
  decideKnown(fate: Fate): void {
    if (this.step.at !== 'preview') return;
    const known = new Set(knownRows(this.step.preview));
    this.known = fate;
    this.#fates = new Map([...this.#fates].filter(([row]) => !known.has(row)));
  }

  decide(rows: readonly ImportRow[], fate: Fate): void {
    this.#fates = new Map([...this.#fates, ...rows.map(({ row }) => [row, fate] as const)]);
  }

  /** Keeps what was chosen, all of it or nothing. */
  async apply(): Promise<void> {
    if (this.step.at !== 'preview') return;
    const { preview } = this.step;
    const skipped = this.#skipped;
    const saved = await this.applying.run(() =>
      call('import_apply', {
        import: preview.import,
        skip: this.#decided('skip'),
        merge: this.#decided('merge'),
        new: this.#decided('new'),
        known: this.known,
        ...(this.space === undefined ? {} : { space: this.space }),
      }),
    );
    if (saved) {
      const unreadable = preview.unreadable.length;
      this.step = { at: 'done', saved, skipped, unreadable };
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
      this.known = 'merge';
      this.space = undefined;
      this.step = { at: 'preview', file, preview };
    } catch (cause) {
      if (turn !== this.#turn) return;
      this.error = BackendError.from(cause);
      this.step = { at: 'choose' };
    }
  }

  /** Rows about which this was decided one by one. */
  #decided(fate: Fate): number[] {
    return [...this.#fates].filter(([, decided]) => decided === fate).map(([row]) => row);
  }

  /** How many rows are left out. */
  get #skipped(): number {
    if (this.step.at !== 'preview') return 0;
    const { preview } = this.step;
    const byHand = knownRows(preview).filter((row) => this.#fates.has(row)).length;
    const others = this.known === 'skip' ? preview.duplicates - byHand : 0;
    return this.#decided('skip').length + others;
  }
}

function knownRows({ rows }: ImportPreview): number[] {
  return rows.filter(({ duplicate }) => duplicate !== null).map(({ row }) => row);
}
