import { call, type Saved, type SignalClose } from '../../backend/index.ts';
import { addDays, dayInWords, t, today } from '../../i18n/index.ts';
import { Saving } from '../records/index.ts';
import { plainMove, type Move } from './moves.ts';

/** What can be done with one signal; every action can be taken back. */
export class SignalActions {
  readonly saving = new Saving();
  readonly #id: string;

  constructor(id: string) {
    this.#id = id;
  }

  move(move: 'discuss' | 'pick_up' | 'reopen'): Promise<Saved | undefined> {
    return this.#put(plainMove(move, addDays(today(), 7)), t.signals.moved[move]);
  }

  handOver(organisation: string): Promise<Saved | undefined> {
    const fields = { state: 'handed_over', handed_to: organisation };
    return this.#put(fields, t.signals.moved.hand_over);
  }

  /** Hands over to an organisation that is not known yet. */
  async handOverToNew(name: string): Promise<Saved | undefined> {
    const made = await this.saving.run(() =>
      call('record_put', { kind: 'organisation', id: null, fields: { name } }),
    );
    return made && this.handOver(made.id);
  }

  close(request: SignalClose): Promise<Saved | undefined> {
    const move: Move = request.state === 'solved' ? 'solve' : 'not_pick_up';
    return this.saving.save(() => call('signal_close', request), t.signals.moved[move]);
  }

  /** Exactly one owner: the new one takes the place of the old one. */
  giveTo(person: { member: string; name: string }): Promise<Saved | undefined> {
    return this.#put({ owner: person.member }, t.signals.ownerSaved(person.name));
  }

  lookAgainOn(day: string): Promise<Saved | undefined> {
    return this.#put({ next: day }, t.signals.nextSaved(dayInWords(day)));
  }

  #put(fields: Record<string, unknown>, said: string): Promise<Saved | undefined> {
    return this.saving.save(
      () => call('record_put', { kind: 'signal', id: this.#id, fields }),
      said,
    );
  }
}
