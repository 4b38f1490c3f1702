import type { EraseCopy, ErasureDevice, ErasureView } from '../../backend/index.ts';
import { agoInWords, t } from '../../i18n/index.ts';
import { spaceName } from '../../shared/index.ts';

/** What a kind of record is called; something of a kind unknown here is "something". */
export function kindInWords(kind: string | null): string {
  return (t.vocabulary.kind as Record<string, string>)[kind ?? ''] ?? t.erase.record;
}

/** What was erased, and by whom. */
export function titleOf({ kind, author, mine, part }: ErasureView): string {
  const what = kindInWords(kind);
  const { by, byMe } = part
    ? { by: t.erase.partBy, byMe: t.erase.partByMe }
    : { by: t.erase.by, byMe: t.erase.byMe };
  const words = mine ? byMe(what) : by(what, author);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A copy by its name and where it is; what this device does not see has neither. */
export function copyTitle({ record, space }: EraseCopy): string {
  const where = space.name === '' ? t.erase.unseenSpace : spaceName(space);
  const what = record === null || record.title === '' ? t.erase.aCopy : record.title;
  return t.erase.copyIn(what, where);
}

/** Who can erase a copy that stays. */
export function whoErases({ by, space }: EraseCopy): string {
  return space.name === '' ? t.erase.askThere(by) : t.erase.askIn(by, spaceName(space));
}

/** How far an erasure is. */
export function howFar(row: ErasureView): string {
  const { state, part, devices, done, last_seen: seen } = row;
  if (state === 'waiting') return part ? t.erase.partWaiting : t.erase.waiting;
  if (state === 'here') return t.erase.onlyHere;
  if (state === 'refused') return part ? t.erase.partRefused : t.erase.refused;
  if (devices === null || done === null) return t.erase.carried;
  if (done >= devices) return t.erase.everywhereDone(devices);
  const partly = t.erase.partly(done, devices);
  // Whoever sees which devices they are, sees there when each was here last.
  if (row.waiting.length > 0) return partly;
  return seen === null ? partly : `${partly} ${t.erase.lastSeen(agoInWords(seen))}`;
}

/** A device that has not followed, for whoever may know: which, whose, and since when it is away. */
export function stillThere({ name, person, seen }: ErasureDevice): string {
  const device = person === '' ? name : t.erase.deviceOf(name, person);
  return seen === null ? t.erase.neverSeen(device) : t.erase.deviceSeen(device, agoInWords(seen));
}
