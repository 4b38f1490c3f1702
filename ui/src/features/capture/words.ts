import type { LeftOut, Proposal, SignalKind, ThemeView } from '../../backend/index.ts';
import { dayInWords, list, t } from '../../i18n/index.ts';
import type { IconName } from '../../shared/index.ts';
import { wordsOf, type Offer } from './offer.ts';
import {
  knownContact,
  meantContact,
  moved,
  peopleOf,
  withChanges,
  type Question,
} from './settled.ts';

/** An offer as people read it: a picture, what kind of thing it is, and what it says. */
export interface OfferWords {
  icon: IconName;
  kind: string;
  text: string;
}

/** What an offer is read among: the others, and what is still to be said of it. */
export interface Around {
  offers: readonly Offer[];
  themes: readonly ThemeView[];
  question?: Question | undefined;
}

/** Puts an offer in words. */
export function inWords(offer: Offer, around: Around): OfferWords {
  const proposal = withChanges(offer, around.offers);
  return {
    icon: iconOf(offer, proposal),
    kind: kindOf(proposal),
    text: textOf(offer, proposal, around),
  };
}

/** Whether the broker can choose something else than the text says; the place has a row of its own. */
export function canChange({ proposal }: Offer): boolean {
  return proposal.type !== 'place';
}

/** What stands in the note alone, and why. */
export function leftOutInWords(left: readonly LeftOut[]): string {
  return list(
    left.map(({ proposal, why }) => t.capture.leftOut(plainly(proposal), t.capture.why[why])),
  );
}

function kindOf(proposal: Proposal): string {
  return proposal.type === 'address' && !proposal.home
    ? t.capture.kind.spot
    : t.capture.kind[proposal.type];
}

const signalIcons: Record<SignalKind, IconName> = {
  problem: 'problem',
  idea: 'idea',
  strength: 'care',
  question: 'question',
  complaint: 'signals',
};

function iconOf(offer: Offer, proposal: Proposal): IconName {
  switch (proposal.type) {
    case 'contact':
      return knownContact(offer) ? 'person' : 'personAdd';
    case 'address':
      return proposal.home ? 'home' : 'place';
    case 'phone':
      return 'phone';
    case 'email':
      return 'mail';
    case 'place':
      return 'place';
    case 'signal':
      return signalIcons[proposal.kind];
    case 'offer':
      return 'offer';
    case 'follow_up':
      return 'calendar';
  }
}

function textOf(offer: Offer, proposal: Proposal, { offers, themes, question }: Around): string {
  switch (proposal.type) {
    case 'contact':
      return contactInWords(offer, proposal);
    case 'signal': {
      const theme = themes.find(({ id }) => id === proposal.theme)?.name;
      const kind = t.vocabulary.signal[proposal.kind];
      const teller = names(offer, offers);
      return said(kind, theme, plainly(proposal), teller && t.capture.signal.toldBy(teller));
    }
    case 'address': {
      const text = plainly(proposal);
      const gone = question === 'moved' ? moved(offer, offers) : undefined;
      if (gone) return t.capture.address.moved(nameOf(gone), text);
      return said(text, whose(offer, offers, question));
    }
    case 'phone':
    case 'email':
    case 'offer':
      return said(plainly(proposal), whose(offer, offers, question));
    case 'follow_up':
      return said(proposal.what, whenInWords(proposal.due, proposal.time), names(offer, offers));
    case 'place':
      return plainly(proposal);
  }
}

/** The proposal itself, without whose it is. */
function plainly(proposal: Proposal): string {
  switch (proposal.type) {
    case 'address': {
      const { street, number, postcode, town } = proposal;
      const line = [street, number].filter(Boolean).join(' ');
      return [line, postcode, town].filter(Boolean).join(', ');
    }
    case 'place':
      return t.vocabulary.place[proposal.place];
    case 'contact':
    case 'phone':
    case 'email':
    case 'signal':
    case 'offer':
    case 'follow_up':
      return wordsOf(proposal);
  }
}

function said(...parts: (string | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}

/** Whose it is, as soon as there is somebody else whose it could be. */
function whose(
  offer: Offer,
  offers: readonly Offer[],
  question: Question | undefined,
): string | undefined {
  return question === 'whose' ? t.capture.whose.ask : names(offer, offers);
}

function names(offer: Offer, offers: readonly Offer[]): string | undefined {
  const people = offers.filter(({ proposal }) => proposal.type === 'contact');
  const owners = peopleOf(offer, people).filter(({ kept }) => kept);
  return people.length < 2 || owners.length === 0 ? undefined : list(owners.map(nameOf));
}

/** A person of the text by name. */
export function nameOf(offer: Offer): string {
  return knownContact(offer)?.name ?? wordsOf(withChanges(offer, []));
}

function contactInWords(offer: Offer, proposal: Extract<Proposal, { type: 'contact' }>): string {
  const meant = meantContact(offer);
  if (meant === undefined) return `${proposal.name} (${t.capture.contact.ask})`;
  const known = knownContact(offer);
  const how = known?.street
    ? t.capture.contact.knownAt(known.street)
    : t.capture.contact[known ? 'known' : 'new'];
  const part = proposal.spoken_of ? `, ${t.capture.contact.mentioned}` : '';
  return `${known?.name ?? proposal.name} (${how}${part})`;
}

function whenInWords(due: string, time: string | null): string {
  const day = dayInWords(due);
  return time ? t.capture.followUp.at(day, time) : day;
}
