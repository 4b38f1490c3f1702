/** What a key asks of the whole app; `undefined` leaves it to the screen. */
export function shortcut(event: KeyboardEvent): 'search' | 'capture' | 'lock' | 'up' | undefined {
  if (event.defaultPrevented || event.isComposing) return undefined;
  const command = event.ctrlKey || event.metaKey;
  if (command && !event.altKey && event.key.toLowerCase() === 'k') return 'search';
  if (command && event.shiftKey && !event.altKey && event.key.toLowerCase() === 'l') return 'lock';
  if (command || event.altKey || isTyping(event.target)) return undefined;
  if (event.key === 'n' || event.key === 'N') return 'capture';
  if (event.key === 'Escape') return 'up';
  return undefined;
}

/** A key pressed in a field is text, and while a dialog is open every key is the dialog's, wherever the focus went. */
function isTyping(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]') !== null) return true;
  if (!(target instanceof Element)) return false;
  return target.closest('input, textarea, select, [contenteditable="true"]') !== null;
}
