import { BackendError, call, type CaptureProposals, type PlaceKind } from '../../backend/index.ts';
import { carryOver, identity, type Changes, type Offer } from './offer.ts';
import { Pause } from '../../shared/index.ts';

/** A number that the law does not let us keep, and where it stands. */
export interface FoundBsn {
  readonly before: string;
  readonly number: string;
  readonly after: string;
}

/** What was read and chosen, to be laid aside and given back. */
export interface Choices {
  readonly text: string;
  readonly offers: readonly Offer[];
  readonly noteOnly: boolean;
}

/** What the words may mean, and what the broker chose from it. */
export class Reading {
  /** In the order of the text. */
  offers = $state.raw<readonly Offer[]>([]);
  /** New proposals start dropped: the broker wants the words alone. */
  noteOnly = $state(false);
  /** Why there are no proposals; the note can be saved all the same. */
  error = $state.raw<BackendError | undefined>();
  #bsn = $state.raw<CaptureProposals['bsn']>(null);
  #text = $state('');
  #vanished: readonly Offer[] = [];
  readonly #pause = new Pause(150);
  #asked = 0;
  #keys = 0;

  /** A citizen service number in the text; saving waits until it is gone. */
  readonly bsn: FoundBsn | undefined = $derived.by(() => {
    if (!this.#bsn) return undefined;
    const { start, end } = this.#bsn;
    return {
      before: this.#text.slice(0, start),
      number: this.#text.slice(start, end),
      after: this.#text.slice(end),
    };
  });

  /** The place that the text speaks of, unless it was dropped. */
  readonly place: PlaceKind | undefined = $derived.by(() => {
    for (const { kept, proposal } of this.offers)
      if (kept && proposal.type === 'place') return proposal.place;
    return undefined;
  });

  /** Reads these words when typing pauses. */
  soon(text: string): void {
    this.#pause.run(() => void this.#read(text));
  }

  /** Reads these words at once, unless that was done; resolves when it is. */
  async now(text: string): Promise<void> {
    this.stop();
    if (text !== this.#text) await this.#read(text);
  }

  stop(): void {
    this.#pause.cancel();
  }

  /** Nothing was read yet: the next note. */
  clear(): void {
    this.take({ text: '', offers: [], noteOnly: false });
    this.#bsn = null;
  }

  /** Something else than the text says, or kept or dropped. */
  change(key: number, kept: boolean, changes: Changes = {}): void {
    this.offers = this.offers.map((offer) =>
      offer.key === key
        ? { ...offer, kept, byHand: true, changes: { ...offer.changes, ...changes } }
        : offer,
    );
  }

  /** Keeps all, or nothing but the words; for what is typed from now on as well. */
  keepAll(all: boolean): void {
    this.noteOnly = !all;
    this.offers = this.offers.map((offer) => ({ ...offer, kept: all, byHand: false }));
  }

  /** What was read and chosen so far. */
  get choices(): Choices {
    return { text: this.#text, offers: this.offers, noteOnly: this.noteOnly };
  }

  /** Takes earlier choices up again; an answer that is still under way is of no use. */
  take({ text, offers, noteOnly }: Choices): void {
    this.stop();
    this.#asked += 1;
    this.#text = text;
    this.#vanished = [];
    this.offers = offers;
    this.noteOnly = noteOnly;
  }

  /** Asks what the words may mean; an answer about earlier words is dropped. */
  async #read(text: string): Promise<void> {
    const turn = ++this.#asked;
    try {
      const answer =
        text.trim() === '' ? { proposals: [], bsn: null } : await call('capture_propose', { text });
      if (turn !== this.#asked) return;
      this.error = undefined;
      this.#offer(text, answer);
    } catch (cause) {
      if (turn === this.#asked) this.error = BackendError.from(cause);
    }
  }

  #offer(text: string, { proposals, bsn }: CaptureProposals): void {
    const said = new Set(proposals.map(identity));
    const back = this.#vanished.filter(({ proposal }) => said.has(identity(proposal)));
    const before = [...this.offers, ...back];
    const after = carryOver(
      before,
      proposals,
      { before: this.#text, after: text },
      { kept: !this.noteOnly, key: () => ++this.#keys },
    );
    const keys = new Set(after.map(({ key }) => key));
    const gone = (offer: Offer): boolean => !keys.has(offer.key);
    // A half-typed word can make a proposal vanish for a moment; the choice made on it waits.
    this.#vanished = [
      ...this.offers.filter(gone),
      ...this.#vanished.filter((offer) => gone(offer) && !this.offers.includes(offer)),
    ];
    this.offers = after;
    this.#bsn = bsn;
    this.#text = text;
  }
}
