import {
  BackendError,
  call,
  type ShareAsk,
  type ShareOptions,
  type SharePreview,
  type ShareView,
} from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';
import { Attempt, notices, spaceName } from '../../shared/index.ts';

/** Sharing one record on purpose: what is ticked, what will be seen, and what was shared before. */
export class Sharing {
  options = $state.raw<ShareOptions | undefined>();
  open = $state(false);
  /** The space of the copy. */
  to = $state('');
  /** The names of the fields that are ticked. */
  ticked = $state.raw<ReadonlySet<string>>(new Set());
  /** The last day on which the copy is there; empty: it stays. */
  until = $state('');
  /** Exactly what will be seen; `undefined` while that is not known. */
  preview = $state.raw<SharePreview | undefined>();
  /** Why it is not known what would be seen. */
  previewError = $state.raw<BackendError | undefined>();
  readonly working = new Attempt();
  readonly #id: string;
  #asked = 0;

  constructor(id: string) {
    this.#id = id;
  }

  /** A copy for people outside is better not there for ever. */
  get outside(): boolean {
    const space = this.options?.spaces.find(({ id }) => id === this.to);
    return space?.kind === 'partnership';
  }

  async read(): Promise<void> {
    // A page without its shares is a page all the same; the next change asks again.
    this.options = await call('share_options', { id: this.#id }).catch(() => this.options);
  }

  /** Opens the question. Nothing is ticked that is not needed. */
  async begin(): Promise<void> {
    await this.read();
    if (!this.options) return;
    this.to = this.options.spaces[0]?.id ?? '';
    this.ticked = new Set(
      this.options.fields.filter(({ needed }) => needed).map(({ name }) => name),
    );
    this.until = '';
    this.working.error = undefined;
    this.open = true;
    await this.look();
  }

  async choose(to: string): Promise<void> {
    this.to = to;
    await this.look();
  }

  async tick(name: string, on: boolean): Promise<void> {
    const ticked = new Set(this.ticked);
    if (on) ticked.add(name);
    else ticked.delete(name);
    this.ticked = ticked;
    await this.look();
  }

  async lastDay(until: string): Promise<void> {
    this.until = until;
    await this.look();
  }

  /** Asks the app what would be seen; only the answer to the last question counts. */
  async look(): Promise<void> {
    const turn = (this.#asked += 1);
    this.preview = undefined;
    this.previewError = undefined;
    try {
      const preview = await call('share_preview', this.#ask());
      if (turn === this.#asked) this.preview = preview;
    } catch (cause) {
      if (turn === this.#asked) this.previewError = BackendError.from(cause);
    }
  }

  async share(): Promise<void> {
    const { preview } = this;
    if (!preview) return;
    const saved = await this.working.run(() => call('share_make', this.#ask()));
    if (!saved) return;
    this.open = false;
    notices.say(t.share.shared(spaceName(preview.to)));
    await this.read();
  }

  async revoke({ id }: ShareView): Promise<void> {
    const saved = await this.working.run(() => call('share_revoke', { id }));
    if (!saved) return;
    notices.say(t.share.revoked);
    await this.read();
  }

  #ask(): ShareAsk {
    return {
      id: this.#id,
      to: this.to,
      fields: [...this.ticked],
      until: this.until === '' ? null : this.until,
    };
  }
}
