import type { Accepted, KnownContact, PlaceKind, Proposal, Span } from '../../backend/index.ts';
import type { Offer } from './offer.ts';

/** The page on which a note is written, if any: the kind of its record. */
export interface Page {
  readonly kind: string;
}

/** What the broker has to say before an offer can be kept. */
export type Question =
  /** Which of the people of this name it is. */
  | 'who'
  /** Whose number, address or offer it is. */
  | 'whose'
  /** Whether the person lives here now. */
  | 'moved';

/** The known contact that is meant; `null` makes a new one, `undefined` is still to be said. */
export function meantContact({ proposal, changes }: Offer): string | null | undefined {
  if (proposal.type !== 'contact') return null;
  if (changes.contact !== undefined) return changes.contact;
  if (!proposal.sure) return undefined;
  return proposal.candidates[0]?.id ?? null;
}

/** What is known of the contact that is meant. */
export function knownContact(offer: Offer): KnownContact | undefined {
  if (offer.proposal.type !== 'contact') return undefined;
  const meant = meantContact(offer);
  const { other } = offer.changes;
  if (other !== undefined && other.id === meant) return other;
  return offer.proposal.candidates.find(({ id }) => id === meant);
}

/** The people an offer belongs to: as the text says, or as the broker chose. */
export function peopleOf({ proposal, changes }: Offer, offers: readonly Offer[]): Offer[] {
  const chosen = changes.of;
  const said = 'of' in proposal ? proposal.of : [];
  return offers.filter((one) =>
    one.proposal.type !== 'contact'
      ? false
      : chosen === undefined
        ? said.some((span) => sameSpan(span, one.proposal.span))
        : chosen.includes(one.key),
  );
}

/** The proposal with the broker's own choices in it. */
export function withChanges(offer: Offer, offers: readonly Offer[]): Proposal {
  const { proposal, changes } = offer;
  const words = changes.words?.trim() ?? '';
  const put = (said: string): string => (words === '' ? said : words);
  const of = peopleOf(offer, offers).map((one) => one.proposal.span);
  switch (proposal.type) {
    case 'contact':
      return {
        ...proposal,
        name: put(proposal.name),
        spoken_of: changes.spokenOf ?? proposal.spoken_of,
      };
    case 'address': {
      const { address } = changes;
      const part = (typed: string): string | null => (typed.trim() === '' ? null : typed.trim());
      const home = changes.home ?? proposal.home;
      return {
        ...proposal,
        ...(address === undefined
          ? {}
          : {
              street: part(address.street),
              number: part(address.number),
              postcode: part(address.postcode),
              town: part(address.town),
            }),
        home,
        of: home ? of : [],
      };
    }
    case 'phone':
      return { ...proposal, of, ...(words === '' ? {} : { number: words, shown: words }) };
    case 'email':
      return { ...proposal, of, address: put(proposal.address) };
    case 'signal':
      return {
        ...proposal,
        of,
        title: put(proposal.title),
        kind: changes.kind ?? proposal.kind,
        theme: changes.theme === undefined ? proposal.theme : changes.theme,
      };
    case 'offer':
      return { ...proposal, of, text: put(proposal.text) };
    case 'follow_up':
      return {
        ...proposal,
        of,
        what: put(proposal.what),
        due: changes.due ?? proposal.due,
        time: changes.time === undefined ? proposal.time : changes.time,
      };
    case 'place':
      return proposal;
  }
}

/**
 * The offers as they would be saved: what waits for an answer is not kept, nor is a place that is not that of the note.
 */
export function settled(
  offers: readonly Offer[],
  place: PlaceKind | null,
  page: Page | undefined,
): Offer[] {
  const kept = (offer: Offer): Offer => ({
    ...offer,
    kept: offer.kept && question(offer, people, page) === undefined,
  });
  const people: readonly Offer[] = offers.map((offer) =>
    offer.proposal.type === 'contact'
      ? { ...offer, kept: offer.kept && meantContact(offer) !== undefined }
      : offer,
  );
  return people.map((offer) => {
    const { proposal, byHand } = offer;
    if (proposal.type === 'place')
      return { ...offer, kept: offer.kept && proposal.place === place };
    // On the page of a signal the words are most likely about that one, not about a new one.
    if (proposal.type === 'signal' && page?.kind === 'signal' && !byHand)
      return { ...offer, kept: false };
    return kept(offer);
  });
}

/** What has to be said before the offer can be kept. */
export function question(
  offer: Offer,
  offers: readonly Offer[],
  page: Page | undefined,
): Question | undefined {
  const { proposal } = offer;
  switch (proposal.type) {
    case 'contact':
      return meantContact(offer) === undefined ? 'who' : undefined;
    case 'phone':
    case 'email':
    case 'offer':
      return isNobodys(offer, offers, page) ? 'whose' : undefined;
    case 'address': {
      if (!(offer.changes.home ?? proposal.home)) return undefined;
      const named = proposal.of.length > 0 || offer.changes.of !== undefined;
      if (named && isNobodys(offer, offers, page)) return 'whose';
      return moved(offer, offers) && !offer.byHand ? 'moved' : undefined;
    }
    case 'place':
    case 'signal':
    case 'follow_up':
      return undefined;
  }
}

/** The person of this address is known to live elsewhere. */
export function moved(offer: Offer, offers: readonly Offer[]): Offer | undefined {
  const now = withChanges(offer, offers);
  if (now.type !== 'address' || !now.home) return undefined;
  return peopleOf(offer, offers).find((person) => {
    const known = knownContact(person);
    if (!known?.street) return false;
    const otherStreet = now.street !== null && !alike(known.street, now.street);
    const otherNumber =
      known.house_number !== null && now.number !== null && !alike(known.house_number, now.number);
    return otherStreet || otherNumber;
  });
}

/** What is saved with the note. */
export function accepted(offers: readonly Offer[]): Accepted[] {
  return offers
    .filter(({ kept }) => kept)
    .map((offer) => ({
      proposal: withChanges(offer, offers),
      contact: meantContact(offer) ?? null,
      ...(moved(offer, offers) === undefined ? {} : { replaces: true }),
    }));
}

function isNobodys(offer: Offer, offers: readonly Offer[], page: Page | undefined): boolean {
  const people = peopleOf(offer, offers);
  const ofPage = 'of' in offer.proposal && offer.proposal.of.length === 0;
  if (ofPage && offer.changes.of === undefined && page?.kind === 'contact') return false;
  return !people.some(({ kept }) => kept);
}

function alike(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function sameSpan(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}
