import { call, type RecordRef, type Saved } from '../../backend/index.ts';
import { t } from '../../i18n/index.ts';
import { Saving, referenceIds } from '../records/index.ts';

/** Puts a contact in groups and takes it out; the newest members count, not those on the screen. */
export class Membership {
  readonly saving = new Saving();
  readonly #contact: string;

  constructor(contact: string) {
    this.#contact = contact;
  }

  join(group: RecordRef): Promise<Saved | undefined> {
    return this.saving.save(async () => {
      const members = await this.#others(group.id);
      return this.#put(group.id, { members: [...members, this.#contact] });
    }, t.contacts.joined(group.title));
  }

  leave(group: RecordRef): Promise<Saved | undefined> {
    return this.saving.save(
      async () => this.#put(group.id, { members: await this.#others(group.id) }),
      t.contacts.left(group.title),
    );
  }

  /** A new group with this contact in it. */
  start(name: string): Promise<Saved | undefined> {
    return this.saving.save(
      () => this.#put(null, { name, group_kind: 'group', members: [this.#contact] }),
      t.contacts.joined(name),
    );
  }

  async #others(group: string): Promise<string[]> {
    const view = await call('group_get', { id: group });
    return referenceIds(view.group.members).filter((id) => id !== this.#contact);
  }

  #put(id: string | null, fields: Record<string, unknown>): Promise<Saved> {
    return call('record_put', { kind: 'group', id, fields });
  }
}
