import { describe, expect, it } from 'vitest';
import type { AuditView } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { AuditLog } from './audit-log.svelte.ts';

function line(id: number): AuditView {
  return {
    id: String(id),
    action: 'opened',
    record: null,
    gone: false,
    person: 'Noor',
    subject: '',
    role: null,
    space: '',
    at: '2026-11-25T07:30:00Z',
    heard: null,
  };
}

const alone = { spaces: [], reached: false };

describe('the audit log', () => {
  it('comes in parts until there is nothing left', async () => {
    const all = Array.from({ length: 150 }, (_, at) => line(at));
    new FakeBackend({
      audit_list: ({ offset, limit }) => ({
        total: all.length,
        rows: all.slice(offset, offset + limit),
      }),
      audit_hear: () => alone,
    });
    const log = new AuditLog();
    await log.of(undefined);
    expect([log.rows.length, log.left]).toEqual([100, 50]);
    await log.more();
    expect([log.rows.length, log.left]).toEqual([150, 0]);
  });

  it('starts over for one person', async () => {
    const backend = new FakeBackend({
      audit_list: () => ({ total: 1, rows: [line(1)] }),
      audit_hear: () => alone,
    });
    const log = new AuditLog();
    await log.of(undefined);
    await log.of('c1');
    expect(log.rows).toHaveLength(1);
    const lists = backend.calls.filter(({ name }) => name === 'audit_list');
    expect(lists.map(({ args }) => args)).toMatchObject([{ record: null }, { record: 'c1' }]);
  });

  it('drops an answer that comes after a newer question', async () => {
    let release: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (release = resolve));
    new FakeBackend({
      audit_list: async ({ record }) => {
        if (record === null) await slow;
        return { total: 1, rows: [line(record === null ? 1 : 2)] };
      },
      audit_hear: () => alone,
    });
    const log = new AuditLog();
    const first = log.of(undefined);
    await log.of('c1');
    release();
    await first;
    expect(log.rows.map(({ id }) => id)).toEqual(['2']);
  });

  it('shows what is known here first, and what the server tells in between', async () => {
    let rows = [line(1)];
    new FakeBackend({
      audit_list: () => ({ total: rows.length, rows }),
      audit_hear: () => {
        rows = [line(2), line(1)];
        return { spaces: ['Buurtteam'], reached: true };
      },
    });
    const log = new AuditLog();
    const asking = log.of(undefined);
    expect(log.heard).toBeUndefined();
    await asking;
    expect(log.rows.map(({ id }) => id)).toEqual(['2', '1']);
    expect(log.heard?.spaces).toEqual(['Buurtteam']);
  });
});
