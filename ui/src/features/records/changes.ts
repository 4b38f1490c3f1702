import { on, type ChangedKind } from '../../backend/index.ts';

/** Tells when a record of these kinds changed, here or at a colleague's; for use in an effect. */
export function whenChanged(kinds: readonly ChangedKind[], then: () => void): () => void {
  return on('changed', (changed) => {
    if (changed.kinds.some((kind) => kinds.includes(kind))) then();
  });
}
