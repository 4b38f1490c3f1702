const FOCUSABLE = 'a[href], button, input, textarea, select, summary';

/**
 * Lets the keyboard reach something that scrolls while nothing in it can be reached: the arrows then move it
 * (WCAG 2.1.1). Not every engine does that by itself.
 */
export function reachable(node: HTMLElement): () => void {
  const look = (): void => {
    if (node.querySelector(FOCUSABLE)) node.removeAttribute('tabindex');
    else node.tabIndex = 0;
  };
  const observer = new MutationObserver(look);
  observer.observe(node, { childList: true, subtree: true });
  look();
  return () => {
    observer.disconnect();
  };
}
