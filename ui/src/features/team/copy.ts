/** Copies a text; says whether it is on the clipboard now. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

/** Where a page may not write to the clipboard by itself, it may copy what is selected. */
function copySelected(text: string): boolean {
  const before = document.activeElement;
  // Inside the open dialog: what is outside it cannot be selected.
  const place = before?.closest('dialog') ?? document.body;
  const field = document.createElement('textarea');
  field.value = text;
  field.setAttribute('readonly', '');
  field.style.position = 'fixed';
  field.style.opacity = '0';
  place.append(field);
  field.select();
  const done = runCopy();
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}

function runCopy(): boolean {
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without permission
    return document.execCommand('copy');
  } catch {
    return false;
  }
}
