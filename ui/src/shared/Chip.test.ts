import { render, screen } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import Chip from './Chip.svelte';

test('a proposal can be kept, changed and dropped, each by its own name', () => {
  const ontoggle = vi.fn();
  const onedit = vi.fn();
  const ondrop = vi.fn();
  render(Chip, { text: 'bel dinsdag', accepted: false, ontoggle, onedit, ondrop });
  screen.getByRole('button', { name: 'Neem over: bel dinsdag' }).click();
  screen.getByRole('button', { name: 'Wijzig: bel dinsdag' }).click();
  screen.getByRole('button', { name: 'Laat weg: bel dinsdag' }).click();
  expect([ontoggle, onedit, ondrop].map((heard) => heard.mock.calls.length)).toEqual([1, 1, 1]);
});
