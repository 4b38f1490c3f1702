import { describe, expect, it } from 'vitest';
import type { Proposal } from '../../backend/index.ts';
import { carryOver, type Offer } from './offer.ts';
import { accepted, meantContact, question, settled, withChanges } from './settled.ts';

let keys = 0;
const fresh = { kept: true, key: () => ++keys };

function contact(name: string, start: number, ...candidates: string[]): Proposal {
  return {
    type: 'contact',
    span: { start, end: start + name.length },
    name,
    candidates: candidates.map((id) => ({ id, name, street: null, house_number: null })),
    sure: true,
    spoken_of: false,
  };
}

function call(due: string, start: number): Proposal {
  return {
    type: 'follow_up',
    span: { start, end: start + 11 },
    what: 'bel',
    due,
    time: null,
    of: [],
  };
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
    expect(again.map((one) => withChanges(one, []))).toMatchObject([{ due: '2026-12-01' }]);
    const other = carryOver(
      [chosen],
      [call('2026-11-25', 0)],
      { before: 'bel dinsdag', after: 'bel woensdag' },
      fresh,
    );
    expect(other.map((one) => withChanges(one, []))).toMatchObject([{ due: '2026-11-25' }]);
  });
});

describe('accepted', () => {
  it('leaves out what was dropped, and a place that is not the place of the note', () => {
    const place: Proposal = { type: 'place', span: { start: 0, end: 4 }, place: 'park' };
    const [kees, park] = offersFor('Kees in het park', contact('Kees', 0), place);
    const offers = [{ ...(kees as Offer), kept: false }, park as Offer];
    expect(accepted(settled(offers, 'shop', undefined))).toEqual([]);
    expect(accepted(settled(offers, 'park', undefined))).toEqual([
      { proposal: place, contact: null },
    ]);
  });

  it('means the first known contact, unless another or a new one was chosen', () => {
    const [offer] = offersFor('Fatima', contact('Fatima', 0, 'c1', 'c2'));
    const means = (changes: Offer['changes']): (string | null)[] =>
      accepted([{ ...(offer as Offer), changes }]).map((one) => one.contact);
    expect([means({}), means({ contact: 'c2' }), means({ contact: null })]).toEqual([
      ['c1'],
      ['c2'],
      [null],
    ]);
  });
});

describe('what has to be said first', () => {
  const span = (start: number, end: number): { start: number; end: number } => ({ start, end });

  function phone(at: number, ...of: { start: number; end: number }[]): Proposal {
    return {
      type: 'phone',
      span: span(at, at + 11),
      number: '+31612345678',
      shown: '06-12345678',
      of,
    };
  }

  function address(at: number, ...of: { start: number; end: number }[]): Proposal {
    return {
      type: 'address',
      span: span(at, at + 13),
      street: 'Balistraat',
      number: '14',
      postcode: null,
      town: null,
      home: true,
      of,
    };
  }

  it('is which of two people of one name is meant', () => {
    const unsure = { ...contact('Ans', 0, 'c1', 'c2'), sure: false } as Proposal;
    const offers = offersFor('Ans 06-12345678', unsure, phone(4, span(0, 3)));
    const first = settled(offers, null, undefined);
    expect(first.map(({ kept }) => kept)).toEqual([false, false]);
    expect(first.map((one) => question(one, first, undefined))).toEqual(['who', 'whose']);
    const chosen = offers.map((one, at) =>
      at === 0 ? { ...one, changes: { contact: 'c2' } } : one,
    );
    const then = settled(chosen, null, undefined);
    expect(accepted(then).map((one) => one.contact)).toEqual(['c2', null]);
  });

  it('is whose a number is, when the person it stands beside is left out', () => {
    const offers = offersFor(
      'Samira en Yusuf 06-12345678',
      contact('Samira', 0),
      contact('Yusuf', 10),
      phone(16, span(10, 15)),
    );
    const without = offers.map((one, at) => (at === 1 ? { ...one, kept: false } : one));
    expect(settled(without, null, undefined).map(({ kept }) => kept)).toEqual([true, false, false]);
    const given = without.map((one, at) =>
      at === 2 ? { ...one, changes: { of: [without[0]?.key ?? 0] } } : one,
    );
    const saved = accepted(settled(given, null, undefined));
    expect(saved.map(({ proposal }) => proposal)).toMatchObject([
      { name: 'Samira' },
      { of: [span(0, 6)] },
    ]);
  });

  it('is nothing on the page of a person, whose number it then is', () => {
    const [number] = offersFor('06-12345678', phone(0));
    const offer = number as Offer;
    expect(question(offer, [offer], undefined)).toBe('whose');
    expect(question(offer, [offer], { kind: 'contact' })).toBeUndefined();
  });

  it('is whether somebody moved, whose known address is another one', () => {
    const known = {
      ...contact('Yusuf', 0),
      candidates: [{ id: 'c1', name: 'Yusuf Demir', street: 'Lombokstraat', house_number: '9' }],
    } as Proposal;
    const offers = offersFor('Yusuf, Balistraat 14', known, address(7, span(0, 5)));
    expect(accepted(settled(offers, null, undefined))).toHaveLength(1);
    const yes = offers.map((one, at) => (at === 1 ? { ...one, byHand: true } : one));
    expect(accepted(settled(yes, null, undefined))[1]).toMatchObject({ replaces: true });
    const spot = offers.map((one, at) => (at === 1 ? { ...one, changes: { home: false } } : one));
    expect(accepted(settled(spot, null, undefined))[1]).toMatchObject({
      proposal: { home: false, of: [] },
    });
  });

  it('leaves a new signal out on the page of a signal, until it is asked for', () => {
    const signal: Proposal = {
      type: 'signal',
      span: span(0, 9),
      kind: 'problem',
      theme: null,
      title: 'zwerfvuil',
      of: [],
    };
    const offers = offersFor('zwerfvuil', signal);
    expect(settled(offers, null, { kind: 'signal' })[0]?.kept).toBe(false);
    expect(settled(offers, null, { kind: 'contact' })[0]?.kept).toBe(true);
  });
});

describe('withChanges', () => {
  it('puts a name, a title, a promise, a number and an address in other words', () => {
    const says = (proposal: Proposal, changes: Offer['changes']): Proposal => {
      const [offer] = offersFor('', proposal);
      return withChanges({ ...(offer as Offer), changes }, []);
    };
    expect(says(contact('Fatima', 0), { words: 'Fatima el Amrani' })).toMatchObject({
      name: 'Fatima el Amrani',
    });
    expect(says(call('2026-11-24', 0), { words: 'bel terug', time: '15:00' })).toMatchObject({
      what: 'bel terug',
      time: '15:00',
    });
    expect(says(call('2026-11-24', 0), { words: '  ' })).toMatchObject({ what: 'bel' });
  });
});
