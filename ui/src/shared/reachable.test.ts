import { expect, test } from 'vitest';
import { reachable } from './reachable.ts';

test('what scrolls can be reached while nothing in it can', async () => {
  const node = document.createElement('div');
  node.innerHTML = '<p>Alleen tekst</p>';
  const stop = reachable(node);
  expect(node.tabIndex).toBe(0);
  const button = document.createElement('button');
  node.append(button);
  await expect.poll(() => node.hasAttribute('tabindex')).toBe(false);
  button.remove();
  await expect.poll(() => node.getAttribute('tabindex')).toBe('0');
  stop();
});
