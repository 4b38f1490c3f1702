import { describe, expect, it } from 'vitest';
import type { ErasePart, ErasePlan, ErasureView } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { Erasing } from './erasing.svelte.ts';
import { howFar, stillThere, titleOf } from './words.ts';

function part(id: string, may = true): ErasePart {
  return {
    record: { id, kind: 'note', title: id },
    at: '2026-11-25T08:20:00Z',
    author: 'Noor',
    may,
    linked: true,
    pieces: [],
  };
}

const plan: ErasePlan = {
  record: { id: 'c1', kind: 'contact', title: 'Fatima' },
  space: 'Buurtteam',
  may: true,
  colleagues: 2,
  only: [part('n1'), part('n2'), part('n3', false)],
  mentions: [part('m1'), part('m2')],
  private: [{ id: 'draft', draft: true, pieces: [] }],
};

function erasing(): { backend: FakeBackend; mine: Erasing } {
  const backend = new FakeBackend({
    erase_plan: () => plan,
    erase_apply: () => ({ erased: 3, unlinked: 1, redacted: 0 }),
  });
  return { backend, mine: new Erasing('c1') };
}

describe('Erasing', () => {
  it('takes along what is only about it and may be erased, and no mention', async () => {
    const { backend, mine } = erasing();
    await mine.read();
    expect(mine.count).toBe(3);
    await mine.carryOut();
    expect(backend.calls.at(-1)).toEqual({
      name: 'erase_apply',
      args: { id: 'c1', also: ['n1', 'n2'], mentions: [], private: [], instead: 'iemand' },
    });
  });

  it('does what was chosen for each, and counts it', async () => {
    const { backend, mine } = erasing();
    await mine.read();
    mine.along.let('n2', false);
    mine.choose('m1', 'erase');
    mine.choose('m2', 'erase');
    mine.choose('m2', 'keep');
    mine.letPrivately('draft', true);
    expect(mine.count).toBe(3);
    await mine.carryOut();
    expect(backend.calls.at(-1)?.args).toEqual({
      id: 'c1',
      also: ['n1'],
      mentions: [
        { id: 'm1', fate: 'erase' },
        { id: 'm2', fate: 'keep' },
      ],
      private: ['draft'],
      instead: 'iemand',
    });
  });
});

const view: ErasureView = {
  id: 'c1',
  kind: 'contact',
  part: false,
  author: 'Noor',
  mine: false,
  at: '2026-11-25T08:20:00Z',
  state: 'carried',
  code: null,
  devices: 42,
  done: 41,
  last_seen: '2026-11-13T08:20:00Z',
  waiting: [],
  lost: 0,
};

describe('how far an erasure is', () => {
  it('tells on how many devices, and since when the last one is away', () => {
    expect(howFar(view)).toContain('Gewist op 41 van 42 apparaten.');
    expect(howFar(view)).toContain('13 november');
    expect(howFar({ ...view, done: 42 })).toBe('Gewist op alle 42 apparaten.');
  });

  it('tells a manager whose device has not followed', () => {
    const phone = { id: '01', name: 'telefoon', person: 'Samir', seen: '2026-11-13T08:20:00Z' };
    expect(howFar({ ...view, waiting: [phone] })).toBe('Gewist op 41 van 42 apparaten.');
    expect(stillThere(phone)).toMatch(/^telefoon van Samir, laatst gezien .*13 november/);
    expect(stillThere({ ...phone, person: '', seen: null })).toBe('telefoon, nog niet gezien');
  });

  it('promises nothing that the server did not say', () => {
    expect(howFar({ ...view, devices: null, done: null })).toContain('Gewist op de server.');
    expect(howFar({ ...view, state: 'waiting' })).toContain('Hier gewist.');
  });

  it('says who erased what', () => {
    expect(titleOf(view)).toBe('Contact, gewist door Noor');
    expect(titleOf({ ...view, mine: true })).toBe('Contact, gewist door jou');
    expect(titleOf({ ...view, kind: null, author: '' })).toBe('Iets, gewist');
  });
});
