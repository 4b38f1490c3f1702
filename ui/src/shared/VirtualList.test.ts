import { render, screen } from '@testing-library/svelte';
import { createRawSnippet, tick } from 'svelte';
import { expect, test } from 'vitest';
import VirtualList from './VirtualList.svelte';

const row = createRawSnippet((index: () => number) => ({
  render: () => `<span>rij ${index()}</span>`,
}));

function show(count: number): void {
  render(VirtualList, {
    label: 'Contacten',
    count,
    key: (index: number) => index,
    href: (index: number) => `#/contacts/${index}`,
    row,
  });
}

async function press(key: string): Promise<void> {
  document.activeElement?.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
  );
  await tick();
  await tick();
}

test('ten thousand rows draw a handful, and each says where it stands', () => {
  show(10_000);
  const rows = screen.getAllByRole('listitem');
  expect(rows.length).toBeLessThan(40);
  expect(rows[0]?.getAttribute('aria-setsize')).toBe('10000');
  expect(rows[0]?.getAttribute('aria-posinset')).toBe('1');
});

test('Tab reaches one row, and the arrows, Home and End move from there', async () => {
  show(10_000);
  const reachable = screen.getAllByRole('link').filter((link) => link.tabIndex === 0);
  expect(reachable).toHaveLength(1);
  reachable[0]?.focus();
  await press('ArrowDown');
  await press('ArrowDown');
  expect(document.activeElement?.textContent).toBe('rij 2');
  await press('End');
  expect(document.activeElement?.getAttribute('href')).toBe('#/contacts/9999');
  await press('Home');
  expect(document.activeElement?.textContent).toBe('rij 0');
  await press('ArrowUp');
  expect(document.activeElement?.textContent).toBe('rij 0');
});
