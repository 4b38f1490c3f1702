import { call, type TeamDevice } from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';
import { Remote, notices } from '../../shared/index.ts';

/** The devices of oneself and, for managers, of the team. */
export class Devices {
  readonly list = new Remote(() => call('team_devices', {}));
  /** The device that is about to be signed out: that is asked first, since it destroys what is there. */
  revoking = $state.raw<TeamDevice | undefined>();
  /** The device that gets another name. */
  naming = $state.raw<TeamDevice | undefined>();
  name = $state('');

  readonly mine = $derived(this.#those(({ person, revoked_at }) => person.me && !revoked_at));
  readonly ofTeam = $derived(this.#those(({ person, revoked_at }) => !person.me && !revoked_at));
  readonly out = $derived(this.#those(({ revoked_at }) => revoked_at !== null));

  #those(which: (device: TeamDevice) => boolean): TeamDevice[] {
    return (this.list.value ?? []).filter(which);
  }

  rename(device: TeamDevice): void {
    this.list.changing.error = undefined;
    this.name = device.name;
    this.naming = device;
  }

  async keepName(): Promise<void> {
    const { naming, name } = this;
    if (!naming) return;
    const kept = await this.list.change(() => call('device_rename', { id: naming.id, name }));
    if (!kept) return;
    this.naming = undefined;
    notices.say(t.team.renamed);
  }

  askRevoke(device: TeamDevice): void {
    this.list.changing.error = undefined;
    this.revoking = device;
  }

  async revoke(): Promise<void> {
    const { revoking } = this;
    if (!revoking) return;
    const done = await this.list.change(() => call('device_revoke', { id: revoking.id }));
    if (!done) return;
    this.revoking = undefined;
    notices.say(t.team.revoked(revoking.name));
  }

  stop(): void {
    this.revoking = undefined;
    this.naming = undefined;
  }
}
