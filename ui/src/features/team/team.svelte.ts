import {
  call,
  type BackendError,
  type Enrolment,
  type OpenInvitation,
  type Person,
  type SpaceMark,
} from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';
import { Remote, device, notices } from '../../shared/index.ts';

/** A waiting device should not wait long: so often it is looked at while this screen is open. */
const LOOK_MS = 5_000;

/** People, invitations, and who waits to come in. */
export class Team {
  readonly spaces = new Remote(() => call('member_list', {}));
  readonly invitations = new Remote(() => call('invitation_list', {}));
  readonly waiting = new Remote(() => call('enrolment_list', {}));

  /** The spaces into which this person may invite. */
  readonly mayInvite = $derived(
    (device.status?.spaces ?? []).filter(
      ({ kind, role }) => role === 'manager' && kind !== 'personal',
    ),
  );

  /** All three fail for the same reason; it is told once. */
  get error(): BackendError | undefined {
    return this.spaces.error ?? this.invitations.error ?? this.waiting.error;
  }

  async read(): Promise<void> {
    await Promise.all([this.spaces.read(), this.invitations.read(), this.waiting.read()]);
  }

  /** Reads all of it, and keeps an eye on who waits, until the returned function is called. */
  follow(): () => void {
    void this.read();
    const timer = setInterval(() => {
      const before = this.waiting.value?.length ?? 0;
      void this.waiting.read().then(() => {
        // Who was let in is a member now, and the invitation is used.
        if ((this.waiting.value?.length ?? 0) < before) void this.read();
      });
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
    };
  }

  async confirm({ id, phrase }: Enrolment): Promise<void> {
    const done = await this.waiting.change(() => call('enrolment_confirm', { id, phrase }));
    if (done) notices.say(t.team.confirmed);
  }

  async refuse({ id }: Enrolment): Promise<void> {
    if (!(await this.waiting.change(() => call('enrolment_refuse', { id })))) return;
    notices.say(t.team.refused);
    await this.invitations.read();
  }

  async withdraw({ id, waiting }: OpenInvitation): Promise<void> {
    if (!(await this.invitations.change(() => call('invitation_withdraw', { id })))) return;
    notices.say(t.team.withdrawn);
    if (waiting) await this.waiting.read();
  }

  /** Gives somebody a role. Says whether it was done. */
  async give(space: SpaceMark, { member }: Person, role: string, said: string): Promise<boolean> {
    const given = { space: space.id, member, role };
    const done = await this.spaces.change(() => call('member_put', given));
    if (done) notices.say(said);
    return done;
  }

  /** Takes the space away from somebody. Says whether it was done. */
  async take(space: SpaceMark, { member, name }: Person): Promise<boolean> {
    const taken = { space: space.id, member };
    const done = await this.spaces.change(() => call('member_remove', taken));
    if (done) notices.say(t.team.taken(name));
    return done;
  }
}
