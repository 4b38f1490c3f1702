// Finds what a person would: by role and accessible name, only what can be seen, and only inside the dialog when one
// is open. Arguments: role, name. An exact name wins over one that contains the words.
const [role, name] = arguments;
const kinds = {
  button: 'button, [role=button], summary',
  link: 'a[href]',
  textbox: 'textarea, input:not([type=radio], [type=checkbox], [type=file], [type=hidden])',
  radio: 'input[type=radio]',
  checkbox: 'input[type=checkbox]',
  file: 'input[type=file]',
  combobox: 'select, [role=combobox]',
  heading: 'h1, h2, h3, h4',
  navigation: 'nav',
  region: 'section[aria-labelledby], section[aria-label], [role=region]',
  group: 'fieldset, [role=group]',
  option: '[role=option]',
  alert: '[role=alert]',
  dialog: 'dialog[open]',
  list: 'ul, ol, [role=list]',
};
const words = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
const nameOf = (element) => {
  const told = element.getAttribute('aria-label');
  if (told) return words(told);
  const by = element.getAttribute('aria-labelledby');
  if (by) return words(by.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(' '));
  if (element.labels?.length) return words([...element.labels].map((label) => label.textContent).join(' '));
  const legend = element.querySelector(':scope > legend');
  return words((legend ?? element).textContent);
};
const seen = (element) =>
  role === 'file' || role === 'radio' || (element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0);
const dialogs = document.querySelectorAll('dialog:modal');
const root = dialogs[dialogs.length - 1]?.parentElement ?? document;
const found = [...root.querySelectorAll(kinds[role] ?? `[role=${role}]`)].filter(seen);
return found.find((element) => nameOf(element) === name) ?? found.find((element) => nameOf(element).includes(name)) ?? null;
