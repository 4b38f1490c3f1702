import {
  BackendError,
  call,
  type RedactPlan,
  type RedactPreview,
  type RedactWords,
  type Redacted,
} from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';
import { Attempt } from '../../shared/index.ts';
import { Along } from '../erase/index.ts';

/** How much of a field goes. */
export type HowMuch = 'some' | 'all';

/** A person chooses which words go, looks at what stays, and says yes. */
export class Redacting {
  readonly id: string;
  plan = $state.raw<RedactPlan | undefined>();
  preview = $state.raw<RedactPreview | undefined>();
  path = $state('');
  howMuch = $state<HowMuch>('some');
  words = $state('');
  instead = $state(t.redact.somebody);
  readonly reading = new Attempt();
  readonly doing = new Attempt();
  /** Why what stays cannot be shown. */
  lookError = $state.raw<BackendError | undefined>();
  /** Asked for while typing: one question may overtake another. */
  #turn = 0;
  #shown = $state('');
  /** Copies, out of which the same goes. */
  readonly along = new Along(() => this.plan?.copies ?? []);

  constructor(id: string) {
    this.id = id;
  }

  async read(): Promise<void> {
    this.plan = (await this.reading.run(() => call('redact_plan', { id: this.id }))) ?? this.plan;
    if (this.path === '') this.path = this.plan?.texts[0]?.path ?? '';
  }

  /** What is asked; nothing while no word is typed. */
  get takes(): RedactWords[] {
    const words = this.howMuch === 'all' ? null : this.words.trim();
    if (this.path === '' || words === '') return [];
    const instead = this.howMuch === 'all' ? '' : this.instead.trim();
    return [{ path: this.path, words, instead }];
  }

  /** Something would go, and exactly that was shown. */
  get ready(): boolean {
    return this.preview?.ever === true && this.#shown === JSON.stringify(this.takes);
  }

  /** Looks what would stay. An answer to an older question does not count. */
  async look(): Promise<void> {
    const takes = this.takes;
    const turn = ++this.#turn;
    if (takes.length === 0) {
      this.preview = undefined;
      return;
    }
    try {
      const preview = await call('redact_preview', { id: this.id, takes });
      if (turn !== this.#turn) return;
      this.preview = preview;
      this.#shown = JSON.stringify(takes);
      this.lookError = undefined;
    } catch (cause) {
      if (turn !== this.#turn) return;
      this.preview = undefined;
      this.lookError = BackendError.from(cause);
    }
  }

  /** Answers what was taken out, or nothing when it was refused. */
  async carryOut(): Promise<Redacted | undefined> {
    const { id, takes, along } = this;
    return this.doing.run(() => call('redact_apply', { id, takes, copies: along.ids }));
  }
}
