import type { KnownContact, Proposal, SignalKind, Span } from '../../backend/index.ts';

/** A proposal with what the broker did to it. Kept unless it was dropped: one tap saves all. */
export interface Offer {
  /** Stays the same while the text around it is edited. */
  readonly key: number;
  /** What the text says. */
  readonly proposal: Proposal;
  readonly kept: boolean;
  /** The broker said to keep it or to drop it. */
  readonly byHand: boolean;
  /** What the broker chose instead of what the text says. */
  readonly changes: Changes;
}

/** Choices made by hand; what is absent follows the text. */
export interface Changes {
  /** The known contact that is meant; `null` for a new one. */
  readonly contact?: string | null;
  /** A contact from the whole book, whom the text did not point at. */
  readonly other?: KnownContact;
  /** The name, title, offer, promise, number or e-mail address in other words. */
  readonly words?: string;
  /** The person is only mentioned. */
  readonly spokenOf?: boolean;
  readonly kind?: SignalKind;
  readonly theme?: string | null;
  readonly due?: string;
  /** `null` for a day without a time. */
  readonly time?: string | null;
  readonly address?: TypedAddress;
  /** Somebody lives there; otherwise something is going on there. */
  readonly home?: boolean;
  /** Whose it is, who told it, for whom it is: the keys of contacts. */
  readonly of?: readonly number[];
}

/** An address in parts; an empty part is not known. */
export interface TypedAddress {
  street: string;
  number: string;
  postcode: string;
  town: string;
}

/** Hands out the keys of new offers. */
export type NextKey = () => number;

/**
 * The offers for new proposals, in which the choices made on the earlier ones live on.
 *
 * A proposal is the same one when it says the same, or when it stands where the earlier one
 * stood before the text was edited.
 */
export function carryOver(
  before: readonly Offer[],
  proposals: readonly Proposal[],
  texts: { before: string; after: string },
  fresh: { kept: boolean; key: NextKey },
): Offer[] {
  const edit = editBetween(texts.before, texts.after);
  const left = new Set(before);
  const take = (matches: (offer: Offer) => boolean): Offer | undefined => {
    const found = [...left].find(matches);
    if (found) left.delete(found);
    return found;
  };
  const same = proposals.map((proposal) =>
    take((offer) => identity(offer.proposal) === identity(proposal)),
  );
  return proposals.map((proposal, at) => {
    const earlier =
      same[at] ??
      take(
        (offer) =>
          offer.proposal.type === proposal.type &&
          overlap(moved(offer.proposal.span, edit), proposal.span),
      );
    return earlier
      ? { ...earlier, proposal, changes: stillValid(earlier, proposal) }
      : { key: fresh.key(), proposal, kept: fresh.kept, byHand: false, changes: {} };
  });
}

/** What stands for the proposal, whatever its place in the text. */
export function identity(proposal: Proposal): string {
  const says = (...words: (string | null)[]): string =>
    [proposal.type, ...words.map((word) => word?.toLowerCase() ?? '')].join('|');
  switch (proposal.type) {
    case 'contact':
      return says(proposal.name);
    case 'address':
      return says(proposal.street, proposal.number, proposal.postcode, proposal.town);
    case 'phone':
      return says(proposal.number);
    case 'email':
      return says(proposal.address);
    case 'place':
      return says(proposal.place);
    case 'signal':
      return says(proposal.title);
    case 'offer':
      return says(proposal.text);
    case 'follow_up':
      return says(proposal.what, proposal.due, proposal.time);
  }
}

/** A choice that the new text overtakes is let go. */
function stillValid({ proposal: earlier, changes }: Offer, now: Proposal): Changes {
  const { contact, other, words, due, time, address, ...rest } = changes;
  const offered =
    contact === null ||
    contact === other?.id ||
    (now.type === 'contact' && now.candidates.some(({ id }) => id === contact));
  const same = (part: (proposal: Proposal) => unknown): boolean => part(earlier) === part(now);
  const day = (one: Proposal): unknown => one.type === 'follow_up' && one.due;
  const hour = (one: Proposal): unknown => one.type === 'follow_up' && one.time;
  return {
    ...rest,
    ...(contact !== undefined && offered ? { contact } : {}),
    ...(other !== undefined && offered ? { other } : {}),
    ...(words !== undefined && same(wordsOf) ? { words } : {}),
    ...(due !== undefined && same(day) ? { due } : {}),
    ...(time !== undefined && same(hour) ? { time } : {}),
    ...(address !== undefined && same(identity) ? { address } : {}),
  };
}

/** The words of a proposal that can be put otherwise; empty for an address and a kind of place. */
export function wordsOf(proposal: Proposal): string {
  switch (proposal.type) {
    case 'contact':
      return proposal.name;
    case 'phone':
      return proposal.shown;
    case 'email':
      return proposal.address;
    case 'signal':
      return proposal.title;
    case 'offer':
      return proposal.text;
    case 'follow_up':
      return proposal.what;
    case 'address':
    case 'place':
      return '';
  }
}

interface Edit {
  start: number;
  removed: number;
  added: number;
}

/** The one piece of text that was replaced. */
function editBetween(before: string, after: string): Edit {
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before[start] === after[start]) start += 1;
  let tail = 0;
  while (
    tail < shortest - start &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail += 1;
  return { start, removed: before.length - start - tail, added: after.length - start - tail };
}

/** Where a span of the earlier text stands after the edit. */
function moved(span: Span, { start, removed, added }: Edit): Span {
  const move = (at: number): number => {
    if (at <= start) return at;
    if (at >= start + removed) return at + added - removed;
    return start;
  };
  return { start: move(span.start), end: move(span.end) };
}

function overlap(a: Span, b: Span): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}
