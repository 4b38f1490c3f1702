import type { SignalKind } from '../../backend/index.ts';
import type { IconName } from '../../shared/index.ts';

/** The picture of a kind of signal; one whose kind is not known is just a signal. */
export function kindIcon(kind: SignalKind | null): IconName {
  switch (kind) {
    case 'problem':
      return 'problem';
    case 'idea':
      return 'idea';
    case 'strength':
      return 'offer';
    case 'question':
      return 'question';
    case 'complaint':
      return 'alert';
    case null:
      return 'signals';
  }
}
