import { call, type CrashList } from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';
import { Attempt, notices } from '../../shared/index.ts';

/** Where the app broke off on this device: looked at, taken along as a file, or thrown away. */
export class Crashes {
  list = $state<CrashList>();
  readonly attempt = new Attempt();

  async load(): Promise<void> {
    const list = await this.attempt.run(() => call('crash_list', {}));
    if (list) this.list = list;
  }

  /** Writes what is shown to a file; nothing is sent anywhere. */
  async keep(): Promise<void> {
    const file = await this.attempt.run(() => call('crash_export', {}));
    if (file) notices.say(t.settings.crashesKept(file.path));
  }

  async forget(): Promise<void> {
    const list = await this.attempt.run(() => call('crash_forget', {}));
    if (!list) return;
    this.list = list;
    notices.say(t.settings.crashesForgotten);
  }
}
