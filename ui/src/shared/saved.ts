import { call, type Saved } from '../backend/index.ts';
import { describeError, t } from '../i18n/index.ts';
import { BackendError } from '../backend/index.ts';
import { notices } from './notices.svelte.ts';

/** Says what was kept, with the way back: "Bewaard op dit apparaat · Ongedaan maken". */
export function saySaved(saved: Saved, text: string = t.common.savedHere): void {
  const { undo } = saved;
  notices.say(text, undo === null ? undefined : () => takeBack(undo));
}

async function takeBack(undo: string): Promise<void> {
  try {
    await call('action_undo', { undo });
    notices.say(t.common.undone);
  } catch (cause) {
    notices.say(describeError(BackendError.from(cause)).text);
  }
}
