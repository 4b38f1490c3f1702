import { handOver } from '../backend/index.ts';
import { t } from '../i18n/index.ts';
import { notices } from './notices.svelte.ts';

/**
 * A link that leaves the app (`target="_blank"`): the device opens it, and when it cannot, such as a
 * phone number on a computer without a telephone, that is said.
 */
export async function openOutside(event: MouseEvent): Promise<void> {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link?.target !== '_blank') return;
  const opening = handOver(link.href);
  if (!opening) return;
  event.preventDefault();
  try {
    await opening;
  } catch {
    notices.say(t.common.cannotOpen);
  }
}
