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
    at: '2026-11-25T07:30:00Z',
  };
}

describe('the audit log', () => {
  it('comes in parts until there is nothing left', async () => {
    const all = Array.from({ length: 150 }, (_, at) => line(at));
    new FakeBackend({
      audit_list: ({ offset, limit }) => ({
        total: all.length,
        rows: all.slice(offset, offset + limit),
      }),
    });
    const log = new AuditLog();
    await log.of(undefined);
    expect([log.rows.length, log.left]).toEqual([100, 50]);
    await log.more();
    expect([log.rows.length, log.left]).toEqual([150, 0]);
  });

  it('starts over for one person', async () => {
    const backend = new FakeBackend({ audit_list: () => ({ total: 1, rows: [line(1)] }) });
    const log = new AuditLog();
    await log.of(undefined);
    await log.of('c1');
    expect(log.rows).toHaveLength(1);
    expect(backend.calls.map(({ args }) => args)).toMatchObject([
      { record: null },
      { record: 'c1' },
    ]);
  });

  it('drops an answer that comes after a newer question', async () => {
    let release: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (release = resolve));
    new FakeBackend({
      audit_list: async ({ record }) => {
        if (record === null) await slow;
        return { total: 1, rows: [line(record === null ? 1 : 2)] };
      },
    });
    const log = new AuditLog();
    const first = log.of(undefined);
    await log.of('c1');
    release();
    await first;
    expect(log.rows.map(({ id }) => id)).toEqual(['2']);
  });
});
