import { expect, test } from 'vitest';
import { shortcut } from './keyboard.ts';

function pressed(key: string, init: KeyboardEventInit = {}, on = document.createElement('div')) {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  document.body.append(on);
  on.dispatchEvent(event);
  on.remove();
  return [event, on] as const;
}

function meaning(key: string, init?: KeyboardEventInit, on?: HTMLDivElement): string | undefined {
  let found: string | undefined;
  const hear = (event: KeyboardEvent): void => {
    found = shortcut(event);
  };
  document.addEventListener('keydown', hear);
  pressed(key, init, on);
  document.removeEventListener('keydown', hear);
  return found;
}

test('the keys of the app', () => {
  expect(meaning('k', { ctrlKey: true })).toBe('search');
  expect(meaning('K', { metaKey: true })).toBe('search');
  expect(meaning('L', { ctrlKey: true, shiftKey: true })).toBe('lock');
  expect(meaning('l', { ctrlKey: true })).toBeUndefined();
  expect(meaning('n')).toBe('capture');
  expect(meaning('Escape')).toBe('up');
  expect(meaning('n', { ctrlKey: true })).toBeUndefined();
  expect(meaning('x')).toBeUndefined();
});

test('a letter typed in a field is text, but search opens from everywhere', () => {
  const field = document.createElement('textarea') as unknown as HTMLDivElement;
  expect(meaning('n', {}, field)).toBeUndefined();
  expect(meaning('Escape', {}, field)).toBeUndefined();
  expect(meaning('k', { ctrlKey: true }, field)).toBe('search');
  expect(meaning('L', { ctrlKey: true, shiftKey: true }, field)).toBe('lock');
});

test('while a dialog is open its keys do nothing behind it, also when the focus is nowhere', () => {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('open', '');
  document.body.append(dialog);
  expect(meaning('Escape')).toBeUndefined();
  expect(meaning('n')).toBeUndefined();
  dialog.remove();
  expect(meaning('Escape')).toBe('up');
});
