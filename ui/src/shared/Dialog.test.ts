import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import Dialog from './Dialog.svelte';

beforeAll(() => {
  // The test's browser has no modal dialogs.
  HTMLDialogElement.prototype.showModal = function show() {
    this.open = true;
  };
});
afterEach(cleanup);

function open(field: string): { onclose: ReturnType<typeof vi.fn>; dialog: HTMLElement } {
  const onclose = vi.fn();
  const children = createRawSnippet(() => ({ render: () => `<div>${field}</div>` }));
  render(Dialog, { open: true, title: 'Iets', onclose, children });
  return { onclose, dialog: screen.getByRole('dialog') };
}

async function tapBeside(dialog: HTMLElement): Promise<void> {
  await fireEvent.pointerDown(dialog);
  await fireEvent.click(dialog);
}

test('a tap beside it closes a dialog, as long as nothing was typed in it', async () => {
  const { onclose, dialog } = open('<input aria-label="Waarom" />');
  await tapBeside(dialog);
  expect(onclose).toHaveBeenCalledTimes(1);
  await fireEvent.input(screen.getByLabelText('Waarom'), { target: { value: 'verhuisd' } });
  await tapBeside(dialog);
  expect(onclose).toHaveBeenCalledTimes(1);
});

test('letting go beside it after selecting words in it closes nothing', async () => {
  const { onclose, dialog } = open('<input aria-label="Waarom" />');
  await fireEvent.pointerDown(screen.getByLabelText('Waarom'));
  await fireEvent.click(dialog);
  expect(onclose).not.toHaveBeenCalled();
});

test('what is looked for is not lost by closing', async () => {
  const { onclose, dialog } = open('<input type="search" aria-label="Zoek" />');
  await fireEvent.input(screen.getByLabelText('Zoek'), { target: { value: 'fat' } });
  await tapBeside(dialog);
  expect(onclose).toHaveBeenCalledTimes(1);
});

test('a next step in the same dialog keeps the focus inside it', async () => {
  const children = createRawSnippet(() => ({ render: () => '<p>Tekst</p>' }));
  const props = { open: true, title: 'Vraag', onclose: vi.fn(), children };
  const { rerender } = render(Dialog, props);
  (document.activeElement as HTMLElement | null)?.blur();
  await rerender({ ...props, title: 'Antwoord' });
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Antwoord' }));
});
