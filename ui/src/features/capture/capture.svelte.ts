import { BackendError, call, type PlaceKind, type Saved } from '../../backend/index.ts';
import { describeError, t } from '../../i18n/index.ts';
import { notices, takenBack } from '../../shared/index.ts';
import { DraftKeeper } from './draft.svelte.ts';
import type { Changes, Offer } from './offer.ts';
import { Reading, type Choices } from './reading.svelte.ts';
import { accepted, question, settled, type Page, type Question } from './settled.ts';
import { leftOutInWords } from './words.ts';

/** The note whose screen is open: there the words of an undone note come back. */
let onScreen: Capture | undefined;

/** What is being noted: the words, the place, and what goes with them. */
export class Capture {
  text = $state('');
  saving = $state(false);
  /** Why saving or reading the draft failed; the words are still there. */
  error = $state.raw<BackendError | undefined>();
  /** The space chosen for this note; `undefined` is the usual one. */
  space = $state<string | undefined>();
  /** The page it is written on, once that is read. */
  page = $state.raw<Page | undefined>();
  readonly draft = new DraftKeeper();
  readonly reading = new Reading();

  readonly #about: string | null;
  #placeByHand = $state<PlaceKind | null | undefined>();
  #lastPlace = $state<PlaceKind | null>(null);
  #draftLoaded = false;

  /** A note about the neighbourhood, or about the record on whose page it is written. */
  constructor(about: string | null = null) {
    this.#about = about;
  }

  /** Where it was: chosen by hand, else what the text says, else that of the last note. */
  readonly place: PlaceKind | null = $derived(
    this.#placeByHand === undefined ? (this.reading.place ?? this.#lastPlace) : this.#placeByHand,
  );

  /** Proposals with the broker's choices, as they would be saved. */
  readonly offers: readonly Offer[] = $derived(settled(this.reading.offers, this.place, this.page));

  /** Brings back what was typed and not saved. */
  async load(): Promise<void> {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- a place on the screen, not a scope
    onScreen = this;
    try {
      const { text, place, space } = await call('draft_get', { about: this.#about });
      this.#draftLoaded = true;
      this.#lastPlace = place;
      this.space ??= space;
      this.error = undefined;
      if (text !== '') this.type(joined(text, this.text));
      else if (this.text !== '') this.#keepDraft();
    } catch (cause) {
      this.error = BackendError.from(cause);
    }
  }

  /** The field holds these words now. */
  type(text: string): void {
    this.text = text;
    this.#keepDraft();
    this.reading.soon(text);
  }

  /** The screen is closed. */
  async leave(): Promise<void> {
    if (onScreen === this) onScreen = undefined;
    this.reading.stop();
    await this.draft.flush();
  }

  /** What has to be said before an offer can be kept. */
  question(offer: Offer): Question | undefined {
    return question(offer, this.offers, this.page);
  }

  /** The contacts that are kept with the note, to choose whose something is. */
  get people(): readonly Offer[] {
    return this.offers.filter(({ kept, proposal }) => kept && proposal.type === 'contact');
  }

  keep(offer: Offer): void {
    if (offer.proposal.type === 'place') this.#placeByHand = offer.proposal.place;
    this.reading.change(offer.key, true);
  }

  drop(offer: Offer): void {
    if (offer.proposal.type === 'place') this.#placeByHand = undefined;
    this.reading.change(offer.key, false);
  }

  /** Another contact, kind, theme or day than the text says. */
  change(offer: Offer, changes: Changes): void {
    this.reading.change(offer.key, true, changes);
  }

  /** Chooses the place; choosing it again takes it away. */
  choosePlace(place: PlaceKind): void {
    this.#placeByHand = place === this.place ? null : place;
    this.#keepDraft();
  }

  /** Takes the citizen service number out of the text, at the broker's word. */
  async removeBsn(): Promise<void> {
    const number = this.reading.bsn?.number;
    const at = number === undefined ? -1 : this.text.indexOf(number);
    if (number === undefined || at < 0) return;
    const [before, after] = [this.text.slice(0, at), this.text.slice(at + number.length)];
    this.type(`${before.trimEnd()}${after}`.trimStart());
    await this.reading.now(this.text);
  }

  /** Keeps the note and what was not dropped. Says whether it is saved. */
  async save(): Promise<boolean> {
    if (this.saving || this.text.trim() === '') return false;
    const text = this.text;
    this.saving = true;
    this.error = undefined;
    try {
      // The last words count too, although nobody paused after them.
      await this.reading.now(text);
      if (this.reading.bsn) return false;
      await this.#save(text);
      return true;
    } catch (cause) {
      this.error = BackendError.from(cause);
      this.#keepDraft();
      return false;
    } finally {
      this.saving = false;
    }
  }

  /** Chooses the space this note goes to. */
  goTo(space: string | undefined): void {
    this.space = space;
    this.#keepDraft();
  }

  /** Moves the words to the scratchpad, which never leaves this device. */
  async setAside(): Promise<void> {
    const text = this.text;
    if (this.saving || text.trim() === '') return;
    this.saving = true;
    this.error = undefined;
    try {
      await this.draft.stop();
      const before = this.#note(text);
      const { id } = await call('scratch_put', { id: null, text, from_draft: true });
      this.reading.clear();
      this.text = '';
      this.space = undefined;
      notices.say(t.capture.asideDone, async () => {
        await call('scratch_remove', { id });
        await (onScreen ?? this).#giveBack(before);
      });
    } catch (cause) {
      this.error = BackendError.from(cause);
      this.#keepDraft();
    } finally {
      this.saving = false;
    }
  }

  /** Tries again what went wrong: bringing back the draft, or saving. */
  async retry(): Promise<void> {
    if (this.#draftLoaded) await this.save();
    else await this.load();
  }

  async #save(text: string): Promise<void> {
    await this.draft.stop();
    const note = this.#note(text);
    const { place, space } = this;
    const saved = await call('capture_save', {
      text,
      place,
      accepted: accepted(this.offers),
      about: this.#about,
      ...(space === undefined ? {} : { space }),
      from_draft: true,
    });
    this.#lastPlace = place;
    this.#placeByHand = undefined;
    this.space = undefined;
    this.reading.clear();
    // What was typed while this one was being saved is the beginning of the next note.
    const typed = this.text.startsWith(text) ? this.text.slice(text.length) : this.text;
    this.text = '';
    if (typed.trim() !== '') this.type(typed);
    this.#say(saved, note);
  }

  #say({ undo, left_out: left }: Saved, note: Note): void {
    const text = left === undefined ? t.capture.saved : t.capture.savedBut(leftOutInWords(left));
    notices.say(text, undo === null ? undefined : () => this.#undo(undo, note));
  }

  /** Takes the note back and puts its words in the field again, also after the screen was left. */
  async #undo(undo: string, note: Note): Promise<void> {
    let undone: Saved;
    try {
      undone = await call('action_undo', { undo });
    } catch (cause) {
      notices.say(describeError(BackendError.from(cause)).text);
      return;
    }
    await (onScreen ?? this).#giveBack(note);
    notices.say(takenBack(undone, t.capture.undone));
  }

  #note(text: string): Note {
    const { space } = this;
    return { text, place: this.#placeByHand, space, choices: this.reading.choices };
  }

  async #giveBack({ text, place, space, choices }: Note): Promise<void> {
    if (this.text === '') {
      this.#placeByHand = place;
      this.space = space;
      this.reading.take(choices);
    }
    this.type(joined(text, this.text));
    if (onScreen !== this) await this.leave();
  }

  #keepDraft(): void {
    if (!this.#draftLoaded) return;
    const { text, place, space } = this;
    this.draft.keep({
      text,
      place,
      ...(space === undefined ? {} : { space }),
      ...(this.#about === null ? {} : { about: this.#about }),
    });
  }
}

/** What a note was made of. */
interface Note {
  text: string;
  place: PlaceKind | null | undefined;
  space: string | undefined;
  choices: Choices;
}

function joined(first: string, second: string): string {
  return [first, second].filter((text) => text !== '').join('\n');
}
