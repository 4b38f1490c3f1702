import { describe, expect, it } from 'vitest';
import type { EraseCopy, ErasePart, ErasePlan, ErasureView } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { Erasing } from './erasing.svelte.ts';
import { copyTitle, howFar, stillThere, titleOf, whoErases } from './words.ts';

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

function copy(of: string, may = true): EraseCopy {
  const space = { id: 's2', name: 'Buurtaanpak', kind: 'partnership' };
  const record = { id: `${of} there`, kind: 'note', title: 'Oversteek' };
  return { record, of, space, may, by: 'Noor' };
}

const plan: ErasePlan = {
  record: { id: 'c1', kind: 'contact', title: 'Fatima' },
  space: 'Buurtteam',
  may: true,
  colleagues: 2,
  only: [part('n1'), part('n2'), part('n3', false)],
  mentions: [part('m1'), part('m2')],
  copies: [copy('c1'), copy('n2', false), copy('m1')],
  private: [{ id: 'draft', draft: true, pieces: [] }],
};

function erasing(): { backend: FakeBackend; mine: Erasing } {
  const backend = new FakeBackend({
    erase_plan: () => plan,
    erase_apply: () => ({ erased: 3, unlinked: 1, redacted: 0, copies: 1, left: [] }),
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

describe('copies in other spaces', () => {
  it('go with what goes, and with what the name goes out of', async () => {
    const { mine } = erasing();
    await mine.read();
    const of = (): string[] => mine.copies.map((one) => one.of);
    expect(of()).toEqual(['c1', 'n2']);
    mine.along.let('n2', false);
    mine.choose('m1', 'redact');
    expect(of()).toEqual(['c1', 'm1']);
    mine.choose('m1', 'keep');
    expect(of()).toEqual(['c1']);
  });

  it('say where they are and who can erase them, also where this device sees nothing', () => {
    const seen = copy('n2', false);
    expect(copyTitle(seen)).toBe('Oversteek, in Buurtaanpak');
    expect(whoErases(seen)).toBe(
      'Kun jij niet wissen. Vraag Noor of een beheerder van Buurtaanpak.',
    );
    const unseen = { ...seen, record: null, space: { ...seen.space, name: '' }, by: '' };
    expect(copyTitle(unseen)).toBe('Een kopie, in een ruimte die jij niet ziet');
    expect(whoErases(unseen)).toBe('Kun jij niet wissen. Vraag een beheerder van die ruimte.');
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
