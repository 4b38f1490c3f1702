import { expect, test } from 'vitest';
import { BackendError } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { RecordForm } from './form.svelte.ts';

const fatima = { name: 'Fatima', street: 'Javastraat', roles: ['resident'] };
const saved = { id: 'c1', undo: 'u1', records: [] };

test('an edit sends only what differs', async () => {
  const backend = new FakeBackend({ record_put: () => saved });
  const form = new RecordForm('contact', 'c1', fatima);
  form.draft.street = 'Malakkastraat';
  expect(await form.save()).toBe('c1');
  expect(backend.calls).toEqual([
    {
      name: 'record_put',
      args: {
        kind: 'contact',
        id: 'c1',
        fields: { street: 'Malakkastraat' },
        seen: { street: 'Javastraat' },
      },
    },
  ]);
});

test('nothing changed sends nothing', async () => {
  const backend = new FakeBackend();
  const form = new RecordForm('contact', 'c1', fatima);
  expect(await form.save()).toBe('c1');
  expect(backend.calls).toEqual([]);
});

test('a new record sends what is filled in', async () => {
  const backend = new FakeBackend({ record_put: () => saved });
  const form = new RecordForm('contact', null, { name: '', street: '', roles: [] as string[] });
  form.draft.name = 'Fatima';
  await form.save();
  expect(backend.calls[0]?.args).toEqual({
    kind: 'contact',
    id: null,
    fields: { name: 'Fatima' },
  });
});

test('a colleague’s change in another field is not sent back', () => {
  const form = new RecordForm('contact', 'c1', fatima);
  form.draft.name = 'Fatima el Amrani';
  form.follow({ ...fatima, street: 'Malakkastraat' });
  expect(form.draft.street).toBe('Malakkastraat');
  expect(form.changes).toEqual({ name: 'Fatima el Amrani' });
  expect(form.overtaken).toEqual([]);
});

test('a colleague’s change in the field in hand is told, and sent is what was seen', async () => {
  const backend = new FakeBackend({ record_put: () => saved });
  const form = new RecordForm('contact', 'c1', fatima);
  form.draft.name = 'Fatima el Amrani';
  form.follow({ ...fatima, name: 'Fatima A.' });
  expect(form.draft.name).toBe('Fatima el Amrani');
  expect(form.overtaken).toEqual(['name']);
  form.follow({ ...fatima, name: 'Fatima A.', street: 'Malakkastraat' });
  form.draft.street = 'Balistraat';
  await form.save();
  expect(backend.calls[0]?.args).toMatchObject({
    fields: { name: 'Fatima el Amrani', street: 'Balistraat' },
    seen: { name: 'Fatima', street: 'Malakkastraat' },
  });
});

test('an entry that a colleague added is seen as it came', async () => {
  const backend = new FakeBackend({ record_put: () => saved });
  const ways: Record<string, { value: string }> = { a: { value: '1' } };
  const form = new RecordForm('contact', 'c1', { ways });
  form.draft.ways['a'] = { value: '2' };
  form.follow({ ways: { a: { value: '9' }, b: { value: '3' } } });
  form.draft.ways['b'] = { value: '4' };
  await form.save();
  expect(backend.calls[0]?.args).toMatchObject({
    fields: { ways: { a: { value: '2' }, b: { value: '4' } } },
    seen: { ways: { a: { value: '1' }, b: { value: '3' } } },
  });
});

test('what was refused stays typed, with the field that is meant', async () => {
  new FakeBackend({
    record_put: () => {
      throw new BackendError('bsn', 'a number', { field: 'name' });
    },
  });
  const form = new RecordForm('contact', 'c1', fatima);
  form.draft.name = 'Fatima 123456782';
  expect(await form.save()).toBeUndefined();
  expect(form.draft.name).toBe('Fatima 123456782');
  expect(form.refused('name', 'Kijk dit na')).toBe('Kijk dit na');
  expect(form.refused('street', 'Kijk dit na')).toBeUndefined();
});

test('what was typed and not kept stands there again, with what they saw when they began', async () => {
  const kept = new Map<string, string>();
  const backend = new FakeBackend({
    record_put: () => saved,
    unsaved_get: ({ form }) => ({ form, text: kept.get(form) ?? '' }),
    unsaved_set: ({ form, text }) => {
      kept.set(form, text);
      return {};
    },
  });
  const before = new RecordForm('contact', 'c1', fatima);
  await before.resume();
  before.draft.street = 'Malakkastraat';
  before.remember();
  await before.unsaved.flush();

  // Locked, killed or only left: a colleague moved her meanwhile.
  const after = new RecordForm('contact', 'c1', { ...fatima, street: 'Balistraat' });
  await after.resume();
  expect([after.resumed, after.draft.street, after.draft.name]).toEqual([
    true,
    'Malakkastraat',
    'Fatima',
  ]);
  await after.save();
  const put = backend.calls.find(({ name }) => name === 'record_put');
  expect(put?.args).toMatchObject({
    fields: { street: 'Malakkastraat' },
    seen: { street: 'Javastraat' },
  });
  expect(kept.get('c1')).toBe('');
});

test('a form in which nothing was typed keeps nothing, and starting over forgets', async () => {
  const backend = new FakeBackend({
    unsaved_get: ({ form }) => ({ form, text: '' }),
    unsaved_set: () => ({}),
  });
  const form = new RecordForm('signal', null, { title: '', signal_kind: 'problem' });
  await form.resume();
  form.remember();
  await form.unsaved.flush();
  const kept = (): unknown[] => backend.calls.filter(({ name }) => name === 'unsaved_set');
  expect(kept()).toEqual([]);

  form.draft.title = 'Losse tegels';
  form.remember();
  await form.unsaved.flush();
  await form.startOver();
  expect(form.draft).toEqual({ title: '', signal_kind: 'problem' });
  expect(kept()).toMatchObject([
    { args: { form: 'new signal' } },
    { args: { form: 'new signal', text: '' } },
  ]);
});

test('letters typed before the earlier words came are not overwritten by them', async () => {
  let answer: (text: string) => void = () => undefined;
  new FakeBackend({
    unsaved_get: ({ form }) =>
      new Promise((resolve) => {
        answer = (text) => resolve({ form, text });
      }),
  });
  const form = new RecordForm('contact', 'c1', fatima);
  const resuming = form.resume();
  await Promise.resolve();
  form.draft.name = 'Fatima el Amrani';
  answer(JSON.stringify({ fields: { name: 'Fatma' }, seen: { name: 'Fatima' } }));
  await resuming;
  expect([form.draft.name, form.resumed]).toEqual(['Fatima el Amrani', false]);
});
