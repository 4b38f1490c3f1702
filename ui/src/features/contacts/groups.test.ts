import { expect, test } from 'vitest';
import type { GroupView } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { Membership } from './groups.svelte.ts';

const saved = { id: 'g1', undo: 'u1', records: [] };
const group = { id: 'g1', kind: 'group', title: 'Vadergroep' };

function withMembers(...members: string[]): GroupView {
  return { id: 'g1', group: { name: 'Vadergroep', members } } as unknown as GroupView;
}

test('joining adds to the newest members, also those a colleague just added', async () => {
  const backend = new FakeBackend({
    group_get: () => withMembers('a', 'colleagues-new'),
    record_put: () => saved,
  });
  await new Membership('c1').join(group);
  expect(backend.calls.at(-1)?.args).toEqual({
    kind: 'group',
    id: 'g1',
    fields: { members: ['a', 'colleagues-new', 'c1'] },
  });
});

test('leaving takes out this contact alone', async () => {
  const backend = new FakeBackend({
    group_get: () => withMembers('a', 'c1', 'b'),
    record_put: () => saved,
  });
  await new Membership('c1').leave(group);
  expect(backend.calls.at(-1)?.args).toMatchObject({ fields: { members: ['a', 'b'] } });
});
