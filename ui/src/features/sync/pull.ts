import { call } from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';
import { notices } from '../../shared/index.ts';

/** How far a thumb pulls before it counts, in pixels. */
const FAR = 90;

/** Asks for an exchange now; offline or failing is what the chip tells, not an error here. */
export async function syncNow(): Promise<void> {
  await call('sync_now', {}).catch(() => undefined);
}

/** Lets a list be pulled down to exchange, by touch; the button on the sync page does the same. */
export function pullToSync(node: HTMLElement): () => void {
  let start: number | undefined;
  let far = false;

  function begin(event: TouchEvent): void {
    const scroller = (event.target as Element).closest('[data-scroller]');
    const touch = event.touches.length === 1 ? event.touches[0] : undefined;
    start = touch && scroller?.scrollTop === 0 ? touch.clientY : undefined;
    far = false;
  }

  function move(event: TouchEvent): void {
    const touch = event.touches[0];
    if (start === undefined || !touch || far || touch.clientY - start < FAR) return;
    far = true;
    notices.say(t.sync.pull);
  }

  function end(): void {
    if (far) {
      void syncNow();
      notices.say(t.sync.asked);
    }
    start = undefined;
    far = false;
  }

  function cancel(): void {
    start = undefined;
    far = false;
  }

  node.addEventListener('touchstart', begin, { passive: true });
  node.addEventListener('touchmove', move, { passive: true });
  node.addEventListener('touchend', end);
  node.addEventListener('touchcancel', cancel);
  return () => {
    node.removeEventListener('touchstart', begin);
    node.removeEventListener('touchmove', move);
    node.removeEventListener('touchend', end);
    node.removeEventListener('touchcancel', cancel);
  };
}
