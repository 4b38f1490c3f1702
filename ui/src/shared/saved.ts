import { call, type Saved } from '../backend/index.ts';
import { t } from '../i18n/index.ts';
import { notices } from './notices.svelte.ts';

/** Says what was kept, with the way back: "Bewaard op dit apparaat · Ongedaan maken". */
export function saySaved(saved: Saved, text: string = t.common.savedHere): void {
  const { undo } = saved;
  notices.say(text, undo === null ? undefined : () => takeBack(undo));
}

async function takeBack(undo: string): Promise<void> {
  notices.say(takenBack(await call('action_undo', { undo })));
}

/** What to say of an action that was taken back: all of it, or all but what a colleague changed since. */
export function takenBack(saved: Saved, text: string = t.common.undone): string {
  const names = (saved.left ?? []).map(({ path }) => path.split('/').at(-1) ?? path);
  const fields = [...new Set(names)].map((name) => t.records.field[name] ?? name);
  return fields.length === 0 ? text : `${text}. ${t.common.undoneButFor(fields)}`;
}
