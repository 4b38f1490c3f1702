import type { Proposal, SignalKind, ThemeView } from '../../backend/index.ts';
import { dayInWords, t } from '../../i18n/index.ts';
import type { IconName } from '../../shared/index.ts';
import { meantContact, withChanges, type Offer } from './offer.ts';

/** An offer as people read it: a picture, what kind of thing it is, and what it says. */
export interface OfferWords {
  icon: IconName;
  kind: string;
  text: string;
}

/** Puts an offer in words. */
export function inWords(offer: Offer, themes: readonly ThemeView[]): OfferWords {
  const proposal = withChanges(offer);
  return {
    icon: iconOf(offer, proposal),
    kind: t.capture.kind[proposal.type],
    text: textOf(offer, proposal, themes),
  };
}

/** Whether the broker can choose something else than the text says. */
export function canChange({ proposal }: Offer): boolean {
  return (
    proposal.type === 'signal' ||
    proposal.type === 'follow_up' ||
    (proposal.type === 'contact' && proposal.candidates.length > 0)
  );
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
      return meantContact(offer) === null ? 'personAdd' : 'person';
    case 'address':
      return 'home';
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

function textOf(offer: Offer, proposal: Proposal, themes: readonly ThemeView[]): string {
  switch (proposal.type) {
    case 'contact':
      return contactInWords(offer, proposal);
    case 'address': {
      const { street, number, postcode, town } = proposal;
      const line = [street, number].filter(Boolean).join(' ');
      return [line, postcode, town].filter(Boolean).join(', ');
    }
    case 'phone':
      return proposal.shown;
    case 'email':
      return proposal.address;
    case 'place':
      return t.vocabulary.place[proposal.place];
    case 'signal': {
      const theme = themes.find(({ id }) => id === proposal.theme)?.name;
      return [t.vocabulary.signal[proposal.kind], theme].filter(Boolean).join(' · ');
    }
    case 'offer':
      return proposal.text;
    case 'follow_up':
      return `${proposal.what} · ${whenInWords(proposal.due, proposal.time)}`;
  }
}

function contactInWords(offer: Offer, proposal: Extract<Proposal, { type: 'contact' }>): string {
  const meant = meantContact(offer);
  const known = proposal.candidates.find(({ id }) => id === meant);
  if (!known) return `${proposal.name} (${t.capture.contact.new})`;
  const how = known.street ? t.capture.contact.knownAt(known.street) : t.capture.contact.known;
  return `${known.name} (${how})`;
}

function whenInWords(due: string, time: string | null): string {
  const day = dayInWords(due);
  return time ? t.capture.followUp.at(day, time) : day;
}
