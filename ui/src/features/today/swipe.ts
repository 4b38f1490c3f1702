import type { Attachment } from 'svelte/attachments';

/** What a swipe does; always something a button does as well. */
export interface Swipes {
  right: () => void;
  left: () => void;
}

/** How far a finger goes before it means something, in CSS pixels. */
const FAR = 72;
const START = 12;

/** Lets a row be swiped by touch. The row follows the finger and comes back. */
export function swipe({ right, left }: Swipes): Attachment<HTMLElement> {
  return (row) => {
    let from: { x: number; y: number } | undefined;
    let across = 0;

    const start = (event: PointerEvent): void => {
      if (event.pointerType === 'touch') from = { x: event.clientX, y: event.clientY };
    };
    const move = (event: PointerEvent): void => {
      if (!from) return;
      const [x, y] = [event.clientX - from.x, event.clientY - from.y];
      if (across === 0 && (Math.abs(x) < START || Math.abs(x) < 2 * Math.abs(y))) return;
      across = x;
      row.style.translate = `${Math.max(-FAR, Math.min(FAR, x))}px`;
    };
    const stop = (event: PointerEvent): void => {
      const meant = event.type === 'pointerup' && Math.abs(across) >= FAR;
      if (meant && across > 0) right();
      if (meant && across < 0) left();
      // The tap that ends a swipe is not a tap on the link under the finger.
      if (across !== 0) row.addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => row.removeEventListener('click', swallow, true));
      from = undefined;
      across = 0;
      row.style.translate = '';
    };

    row.style.touchAction = 'pan-y';
    const heard = { pointerdown: start, pointermove: move, pointerup: stop, pointercancel: stop };
    const all = Object.entries(heard) as [keyof typeof heard, (event: PointerEvent) => void][];
    for (const [name, listener] of all) row.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of all) row.removeEventListener(name, listener);
    };
  };
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
