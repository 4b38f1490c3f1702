import { call, type InvitationView } from '../../backend/index.ts';
import { Attempt, base64Of } from '../../shared/index.ts';

/** An invitation being pasted or chosen, and what could be read of it. */
export class Invitation {
  text = $state('');
  read = $state.raw<InvitationView | undefined>();
  readonly reading = new Attempt();
  #turn = 0;
  #opened = '';

  /** Takes over an invitation that a link opened the app with; the same one again leaves what was typed since. */
  follow(opened: string | null | undefined): void {
    if (!opened || opened === this.#opened) return;
    this.#opened = opened;
    this.text = opened;
    void this.readText();
  }

  /** Reads what was pasted; what is typed after it wins over what was asked before. */
  async readText(): Promise<void> {
    const text = this.text.trim();
    if (text === '') {
      this.#turn += 1;
      this.read = undefined;
      this.reading.error = undefined;
      return;
    }
    await this.#ask({ text, image: null });
  }

  /** Reads the QR code in a picture. */
  async readImage(file: Blob): Promise<void> {
    await this.#ask({ text: null, image: await base64Of(file) });
    if (this.read) this.text = this.read.invitation;
  }

  async #ask(args: { text: string | null; image: string | null }): Promise<void> {
    const turn = ++this.#turn;
    // Each on its own: what is half typed is refused, and that answer may come after the one of the whole text.
    const asking = new Attempt();
    const read = await asking.run(() => call('invitation_read', args));
    if (turn !== this.#turn) return;
    this.read = read;
    this.reading.error = asking.error;
  }
}
