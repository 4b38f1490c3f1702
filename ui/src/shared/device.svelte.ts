import { BackendError, call, on, type DeviceStatus, type Preferences } from '../backend/index.ts';
import { locale } from '../i18n/index.ts';
import { applyLook } from './theme/look.ts';

/** This device: where it is in its life, who uses it, and how its screens look and speak. */
class Device {
  status = $state.raw<DeviceStatus | undefined>();
  /** A first start is being carried out: its screen stays until it is done. */
  settingUp = $state(false);
  /** The invitation that already led to its page, so that it does so once. */
  followed: string | undefined;
  /** Set when the app did not even answer the first question. */
  error = $state.raw<BackendError | undefined>();

  /** Asks where the device is in its life, and follows it from then on. */
  async start(): Promise<void> {
    on('device', (status) => {
      this.accept(status);
    });
    await this.ask();
  }

  async ask(): Promise<void> {
    this.error = undefined;
    try {
      this.accept(await call('device_status', {}));
    } catch (cause) {
      this.error = BackendError.from(cause);
    }
  }

  /** Takes over what a command or an event said, and shows it. */
  accept(status: DeviceStatus): void {
    this.status = status;
    show(status.preferences);
  }

  async prefer(change: Partial<Preferences>): Promise<void> {
    const { status } = this;
    if (!status) return;
    const preferences = { ...status.preferences, ...change };
    // Shown at once; the app's answer is what stays.
    this.accept({ ...status, preferences });
    const kept = await call('preferences_set', preferences);
    this.accept({ ...this.status, preferences: kept } as DeviceStatus);
  }
}

function show(preferences: Preferences): void {
  locale.speak(preferences.language);
  applyLook({ theme: preferences.theme, textSize: preferences.text_size });
}

/** This device, the same for every screen. */
export const device = new Device();
