import { call } from '../../backend/index.ts';
import { Attempt, device, router } from '../../shared/index.ts';
import { Invitation } from '../sync/index.ts';
import { strengthOf, type Strength } from './strength.ts';

/** The steps of a first start, in order. */
export const steps = ['language', 'passphrase', 'team'] as const;

/** A first start: what was chosen so far, and carrying it out. */
export class FirstStart {
  at = $state(0);
  name = $state('');
  passphrase = $state('');
  again = $state('');
  /** Set once the second field was left or the form was sent, so that nobody is told off early. */
  checked = $state(false);
  mode = $state<'alone' | 'team'>('alone');
  readonly invitation = new Invitation();
  readonly starting = new Attempt();
  /** The database was made, so only joining is left to do. */
  made = $state(false);

  readonly step = $derived(steps[this.at]);
  /** A PIN is enough on this device. */
  readonly pin = $derived(device.status?.pin_is_enough ?? false);
  readonly strength: Strength | undefined = $derived(
    this.passphrase === '' ? undefined : strengthOf(this.passphrase, this.pin),
  );
  readonly differs = $derived(this.checked && this.again !== this.passphrase);
  readonly passphraseReady = $derived(
    this.strength !== undefined &&
      this.strength !== 'tooShort' &&
      this.strength !== 'onlyDigits' &&
      this.again === this.passphrase,
  );

  /** Takes over an invitation that a link opened the app with, before the first step or halfway. */
  follow(invitation: string | null | undefined): void {
    this.invitation.follow(invitation);
    if (!invitation) return;
    device.followed = invitation;
    this.mode = 'team';
  }

  next(): void {
    if (this.step === 'passphrase') {
      this.checked = true;
      if (!this.passphraseReady) return;
    }
    this.at = Math.min(this.at + 1, steps.length - 1);
  }

  back(): void {
    this.at = Math.max(this.at - 1, 0);
  }

  get ready(): boolean {
    return this.mode === 'alone' || this.invitation.read !== undefined;
  }

  /** Makes the database and, with a team, joins it. The welcome stays until both are done. */
  async start(language: string): Promise<void> {
    if (!this.ready) return;
    device.settingUp = true;
    const done = await this.starting.run(async () => {
      if (!this.made) {
        const { passphrase, name } = this;
        device.accept(await call('device_init', { passphrase, name, language }));
        this.made = true;
        this.passphrase = '';
        this.again = '';
      }
      if (this.mode === 'team') await this.#join();
      return true;
    });
    if (done || !this.made) device.settingUp = false;
    // A manager has to look first: the number is shown at once.
    if (done && device.status?.joining) router.go('sync');
  }

  /** Joining did not work; it can be done later from the sync page. */
  startAlone(): void {
    device.settingUp = false;
  }

  async #join(): Promise<void> {
    const { read } = this.invitation;
    if (!read) return;
    const { invitation } = read;
    device.accept(await call('device_join', { invitation, name: this.name }));
  }
}
