import { call, type InvitationMade, type SpaceView } from '../../backend/index.ts';
import { momentInWords, t } from '../../i18n/index.ts';
import { Attempt, spaceName } from '../../shared/index.ts';
import { isRole } from './words.ts';

/** What is not given in a space. */
const NONE = 'none';

/** Making an invitation, and showing it once. */
export class Inviting {
  /** What is being asked or shown; `undefined`: nothing. */
  step = $state<'ask' | 'own' | 'made' | undefined>();
  made = $state.raw<InvitationMade | undefined>();
  /** The role in each space, by its id. */
  roles = $state<Record<string, string>>({});
  readonly making = new Attempt();
  /** The spaces that this person may invite into. */
  spaces = $state.raw<readonly SpaceView[]>([]);
  readonly #onmade: () => void;

  constructor(onmade: () => void) {
    this.#onmade = onmade;
  }

  readonly given = $derived(this.spaces.filter(({ id }) => isRole(this.roles[id] ?? NONE)));

  /** For somebody new; one space is given at first, so that the usual invitation is one tap. */
  ask(spaces: readonly SpaceView[]): void {
    this.#begin();
    const first = spaces.find(({ kind }) => kind === 'team') ?? spaces[0];
    this.spaces = spaces;
    this.roles = Object.fromEntries(
      spaces.map(({ id }) => [id, id === first?.id ? 'writer' : NONE]),
    );
    this.step = 'ask';
  }

  /** For another device of one's own. */
  own(): void {
    this.#begin();
    this.spaces = [];
    this.step = 'own';
  }

  async make(): Promise<void> {
    const grants = this.given.map(({ id }) => ({ space: id, role: this.roles[id] ?? NONE }));
    if (this.step === 'ask' && grants.length === 0) return;
    const made = await this.making.run(() => call('invitation_make', { grants }));
    if (!made) return;
    this.made = made;
    this.step = 'made';
    this.#onmade();
  }

  /** The message to send along. */
  get message(): string {
    if (!this.made) return '';
    const { link, expires_at } = this.made;
    const until = momentInWords(expires_at);
    if (this.given.length === 0) return t.team.messageOwn(link, until);
    return t.team.messageText(this.given.map(spaceName), link, until);
  }

  /** Nobody keeps the invitation: what was shown is gone. */
  close(): void {
    this.step = undefined;
    this.made = undefined;
  }

  #begin(): void {
    this.making.error = undefined;
    this.made = undefined;
  }
}
