import { call, on, type SyncStatus } from '../../backend/index.ts';
import { clock, dayOf, momentInWords, t, today } from '../../i18n/index.ts';
import type { IconName } from '../../shared/index.ts';

/** What the chip shows: one line of truth, with a shape and a tone. */
export interface ChipWords {
  text: string;
  /** Records not sent, when the line itself does not tell: `2 nog niet verzonden`. */
  more?: string;
  icon: IconName;
  tone: 'calm' | 'quiet' | 'warning' | 'serious';
}

/** The state of sending and receiving, kept up to date by the app. */
export class SyncState {
  status = $state.raw<SyncStatus | undefined>();

  /** Follows the app from now on; call it while a component is being created. */
  constructor() {
    $effect(() => {
      const stop = on('sync_status', (status) => {
        this.status = status;
      });
      // An answer that comes after an event is older than the event.
      void call('sync_status', {}).then(
        (status) => {
          this.status ??= status;
        },
        () => undefined,
      );
      return stop;
    });
  }

  get chip(): ChipWords | undefined {
    return this.status && chipWords(this.status);
  }
}

/** The words of the chip. What needs a person comes before what goes by itself. */
export function chipWords(status: SyncStatus, now = new Date()): ChipWords {
  if (status.state === 'revoked') return { text: t.sync.revoked, icon: 'refused', tone: 'serious' };
  if (status.refused > 0) {
    return { text: t.sync.refused(status.refused), icon: 'refused', tone: 'serious' };
  }
  switch (status.state) {
    case 'alone':
      return { text: t.sync.alone, icon: 'alone', tone: 'quiet' };
    case 'first':
      return { text: t.sync.first(percentOf(status)), icon: 'download', tone: 'calm' };
    case 'busy':
      return { text: t.sync.busy, ...unsentWords(status), icon: 'sync', tone: 'calm' };
    case 'offline':
      return {
        text: offlineWords(status, now),
        ...unsentWords(status),
        icon: 'offline',
        tone: 'quiet',
      };
    case 'problem':
      return { text: t.sync.problem, ...unsentWords(status), icon: 'problem', tone: 'warning' };
    case 'waiting':
      return { text: t.sync.unsent(status.unsent), icon: 'unsent', tone: 'calm' };
    case 'up_to_date':
      if (status.waiting) {
        return { text: t.team.someoneWaits(status.waiting), icon: 'personAdd', tone: 'calm' };
      }
      return { text: upToDateWords(status, now), icon: 'done', tone: 'quiet' };
  }
}

/** How far the first sync is, in whole per cent. */
export function percentOf({ progress }: SyncStatus): number {
  if (!progress || progress.total === 0) return 0;
  return Math.min(100, Math.floor((progress.done / progress.total) * 100));
}

function offlineWords(status: SyncStatus, now: Date): string {
  return status.since ? t.sync.offlineSince(shortMoment(status.since, now)) : t.sync.offline;
}

function unsentWords({ unsent }: SyncStatus): { more?: string } {
  return unsent > 0 ? { more: t.sync.unsent(unsent) } : {};
}

function upToDateWords(status: SyncStatus, now: Date): string {
  if (!status.last_success) return t.sync.neverYet;
  return t.sync.upToDate(shortMoment(status.last_success, now));
}

/** The time alone while it is today; with the day otherwise. */
function shortMoment(moment: string, now: Date): string {
  return dayOf(moment) === today(now) ? clock(moment) : momentInWords(moment, now);
}
