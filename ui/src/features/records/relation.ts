import type { RelationKind, RelationView } from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';

/** A way two can be linked, read from the page it is on: "ouder van", "kind van". */
export interface Link {
  kind: RelationKind;
  /** The one on the page is the first of the two. */
  outgoing: boolean;
}

/** Links that read the same from both ends. */
const mutual: readonly RelationKind[] = ['partner_of', 'family_of', 'neighbour_of', 'knows'];

/** Every link that can be chosen, with its words; a mutual one stands there once. */
export function linkChoices(): { value: string; label: string }[] {
  const kinds = Object.keys(t.vocabulary.relation) as RelationKind[];
  return kinds.flatMap((kind) => {
    const both: Link[] = [{ kind, outgoing: true }];
    if (!mutual.includes(kind)) both.push({ kind, outgoing: false });
    return both.map((link) => ({ value: asValue(link), label: linkInWords(link) }));
  });
}

/** The link behind a choice. */
export function linkOf(value: string): Link {
  const [way, kind] = value.split(':');
  return { kind: kind as RelationKind, outgoing: way === 'out' };
}

export function asValue({ kind, outgoing }: Link): string {
  return `${outgoing ? 'out' : 'in'}:${kind}`;
}

/** "ouder van", as read from the page it is on. */
export function linkInWords({ kind, outgoing }: Link | RelationView): string {
  return outgoing ? t.vocabulary.relation[kind] : t.vocabulary.relationBack[kind];
}

/** The link that is likely between two kinds of records. */
export function likelyLink(kind: string, other: string): Link {
  if (kind === 'contact' && other === 'organisation') return { kind: 'works_at', outgoing: true };
  if (kind === 'organisation' && other === 'contact') return { kind: 'works_at', outgoing: false };
  if (other === 'group') return { kind: 'member_of', outgoing: true };
  if (kind === 'group') return { kind: 'member_of', outgoing: false };
  return { kind: 'knows', outgoing: true };
}

/** The fields of the relation between the one on the page and the other. */
export function relationFields(
  { kind, outgoing }: Link,
  here: string,
  other: string,
  remark: string,
): Record<string, unknown> {
  const ends = outgoing ? { from: here, to: other } : { from: other, to: here };
  return { ...ends, relation_kind: kind, ...(remark.trim() === '' ? {} : { remark }) };
}
