import { call, type ScratchNote, type ScratchPad } from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';
import { Attempt, notices, Unsaved } from '../../shared/index.ts';

/** The scratchpad: private notes, and what can be done with them. */
export class Pad {
  pad = $state.raw<ScratchPad | undefined>();
  /** What is being written. */
  text = $state('');
  /** The note whose words are being changed. */
  editing = $state.raw<ScratchNote | undefined>();
  /** Keeps what is being written safe until it is on the pad. */
  readonly unsaved = new Unsaved('scratch');
  #looked = $state(false);
  readonly reading = new Attempt();
  readonly writing = new Attempt();

  async read(): Promise<void> {
    this.pad = (await this.reading.run(() => call('scratch_list', {}))) ?? this.pad;
  }

  /** Puts back what was being written before. */
  async resume(): Promise<void> {
    const before = await this.unsaved.read();
    if (this.text === '') this.text = before;
    this.#looked = true;
  }

  /** Keeps what is being written; for use in an effect, so that it follows every letter. */
  remember(): void {
    const { text } = this;
    if (this.#looked) this.unsaved.keep(text);
  }

  /** Puts a new note on it. */
  async add(): Promise<void> {
    const { text } = this;
    if (text.trim() === '' || !(await this.#put(null, text))) return;
    this.text = '';
    await this.unsaved.forget();
  }

  /** Keeps the changed words of a note. Says whether they are kept. */
  async change(id: string, text: string): Promise<boolean> {
    const kept = await this.#put(id, text);
    if (kept) this.editing = undefined;
    return kept;
  }

  /** Makes a real note of it: one tap, and one to come back from it. */
  async keep({ id }: ScratchNote): Promise<void> {
    const saved = await this.writing.run(() => call('scratch_keep', { id }));
    if (!saved) return;
    await this.read();
    notices.say(t.scratch.kept, async () => {
      await call('scratch_take_back', { id: saved.id });
      await this.read();
      notices.say(t.scratch.undone);
    });
  }

  async remove({ id }: ScratchNote): Promise<void> {
    const gone = await this.writing.run(() => call('scratch_remove', { id }));
    if (!gone) return;
    await this.read();
    notices.say(t.scratch.removed, async () => {
      await call('scratch_put', { id: gone.id, text: gone.text, from_draft: false });
      await this.read();
    });
  }

  async term(days: number): Promise<void> {
    this.pad = (await this.writing.run(() => call('scratch_term', { days }))) ?? this.pad;
  }

  async #put(id: string | null, text: string): Promise<boolean> {
    const put = { id, text, from_draft: false };
    const kept = await this.writing.run(() => call('scratch_put', put));
    if (kept) await this.read();
    return kept !== undefined;
  }
}
