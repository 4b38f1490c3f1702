import { describe, expect, it } from 'vitest';
import type { Proposal } from '../../backend/index.ts';
import { accepted, carryOver, meantContact, withChanges, type Offer } from './offer.ts';

let keys = 0;
const fresh = { kept: true, key: () => ++keys };

function contact(name: string, start: number, ...candidates: string[]): Proposal {
  return {
    type: 'contact',
    span: { start, end: start + name.length },
    name,
    candidates: candidates.map((id) => ({ id, name, street: null })),
  };
}

function call(due: string, start: number): Proposal {
  return { type: 'follow_up', span: { start, end: start + 11 }, what: 'bel', due, time: null };
}

function offersFor(text: string, ...proposals: Proposal[]): Offer[] {
  return carryOver([], proposals, { before: '', after: text }, fresh);
}

describe('carryOver', () => {
  it('keeps everything that is proposed, until it is dropped', () => {
    expect(offersFor('Fatima', contact('Fatima', 0)).every(({ kept }) => kept)).toBe(true);
  });

  it('keeps a choice with its proposal while the words before it change', () => {
    const [dropped] = offersFor('Fatima', contact('Fatima', 0));
    const after = carryOver(
      [{ ...(dropped as Offer), kept: false }],
      [contact('Kees', 0), contact('Fatima', 8)],
      { before: 'Fatima', after: 'Kees en Fatima' },
      fresh,
    );
    expect(after.map(({ kept }) => kept)).toEqual([true, false]);
  });

  it('knows a name again that grew', () => {
    const [first] = offersFor('Fatima', contact('Fatima', 0, 'c1'));
    const [grown] = carryOver(
      [{ ...(first as Offer), changes: { contact: null } }],
      [contact('Fatima el Amrani', 0, 'c1')],
      { before: 'Fatima', after: 'Fatima el Amrani' },
      fresh,
    );
    expect(grown?.key).toBe(first?.key);
    expect(grown && meantContact(grown)).toBeNull();
  });

  it('does not take one proposal for two', () => {
    const before = offersFor('Kees', contact('Kees', 0));
    const after = carryOver(
      before,
      [contact('Kees', 0), contact('Kees', 5)],
      { before: 'Kees', after: 'Kees Kees' },
      fresh,
    );
    expect(new Set(after.map(({ key }) => key)).size).toBe(2);
  });

  it('lets go of a contact that is no longer among the known ones', () => {
    const [first] = offersFor('Fatima', contact('Fatima', 0, 'c1', 'c2'));
    const [after] = carryOver(
      [{ ...(first as Offer), changes: { contact: 'c2' } }],
      [contact('Fatima el Amrani', 0, 'c1')],
      { before: 'Fatima', after: 'Fatima el Amrani' },
      fresh,
    );
    expect(after && meantContact(after)).toBe('c1');
  });

  it('follows the text when a later word names another day', () => {
    const [first] = offersFor('bel dinsdag', call('2026-11-24', 0));
    const chosen: Offer = { ...(first as Offer), changes: { due: '2026-12-01' } };
    const again = carryOver(
      [chosen],
      [call('2026-11-24', 6)],
      { before: 'bel dinsdag', after: 'Kees, bel dinsdag' },
      fresh,
    );
    expect(again.map(withChanges)).toMatchObject([{ due: '2026-12-01' }]);
    const other = carryOver(
      [chosen],
      [call('2026-11-25', 0)],
      { before: 'bel dinsdag', after: 'bel woensdag' },
      fresh,
    );
    expect(other.map(withChanges)).toMatchObject([{ due: '2026-11-25' }]);
  });
});

describe('accepted', () => {
  it('leaves out what was dropped, and a place that is not the place of the note', () => {
    const place: Proposal = { type: 'place', span: { start: 0, end: 4 }, place: 'park' };
    const [kees, park] = offersFor('Kees in het park', contact('Kees', 0), place);
    const offers = [{ ...(kees as Offer), kept: false }, park as Offer];
    expect(accepted(offers, 'shop')).toEqual([]);
    expect(accepted(offers, 'park')).toEqual([{ proposal: place, contact: null }]);
  });

  it('means the first known contact, unless another or a new one was chosen', () => {
    const [offer] = offersFor('Fatima', contact('Fatima', 0, 'c1', 'c2'));
    const means = (changes: Offer['changes']): (string | null)[] =>
      accepted([{ ...(offer as Offer), changes }], null).map((one) => one.contact);
    expect([means({}), means({ contact: 'c2' }), means({ contact: null })]).toEqual([
      ['c1'],
      ['c2'],
      [null],
    ]);
  });
});
