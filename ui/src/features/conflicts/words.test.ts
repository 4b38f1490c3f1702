import { describe, expect, it } from 'vitest';
import type { ConflictValueView, ConflictView } from '../../backend/index.ts';
import { byRecord } from './by-record.ts';
import { fieldInWords } from './field.ts';
import { valuesInWords } from './words.ts';

const names = {
  of: (id: string) => ({ m1: 'Ans de Wit', gone: null })[id],
};

function conflict(kind: string, path: string, ...values: unknown[]): ConflictView {
  return {
    record: { id: 'r1', kind, title: 'Fatima' },
    path,
    values: values.map((value, at) => written(value, at === 0 ? '' : `Yusuf ${at}`)),
    can_hold_both: true,
  };
}

/** Without an author it is one's own. */
function written(value: unknown, author: string): ConflictValueView {
  return { value, author, mine: author === '', at: null };
}

function values(of: ConflictView): string[] {
  return valuesInWords(of, names).map(({ value }) => value);
}

describe('the field', () => {
  it.each([
    ['contact', 'ways/k1/value', ['06-1', '06-2'], 'het telefoonnummer'],
    ['contact', 'ways/k1/value', ['a@b.nl', 'c@d.nl'], 'het e-mailadres'],
    ['contact', 'ways/k1/value', ['a@b.nl', '06-2'], 'hoe je iemand bereikt'],
    ['contact', 'talents/k1/text', ['koken', 'bakken'], 'wat iemand kan'],
    ['signal', 'kind', ['idea', 'problem'], 'het soort signaal'],
    ['relation', 'kind', ['knows', 'helps'], 'het soort relatie'],
    ['contact', 'from_a_newer_app', ['a', 'b'], 'een ander veld'],
  ])('%s %s is called by its name', (kind, path, written, expected) => {
    expect(fieldInWords(conflict(kind, path, ...written))).toBe(expected);
  });
});

describe('the values', () => {
  it.each([
    ['signal', 'state', ['picked_up', 'handed_over'], ['opgepakt', 'overgedragen']],
    ['follow_up', 'state', ['done', 'dropped'], ['gedaan', 'gestopt']],
    ['contact', 'ways/k1/kind', ['phone', 'email'], ['telefoon', 'e-mail']],
    ['contact', 'attention', [true, false], ['extra aandacht', 'geen extra aandacht']],
    ['contact', 'street', ['Kade', null], ['Kade', 'leeg']],
    ['follow_up', 'due', ['2025-03-03', ''], ['3 maart 2025', 'leeg']],
    ['signal', 'owner', ['m1', 'gone'], ['Ans de Wit', 'iets wat er niet meer is']],
    ['signal', 'theme', ['unknown yet', 'm1'], ['…', 'Ans de Wit']],
  ])('of %s %s are words, never ids', (kind, path, written, expected) => {
    expect(values(conflict(kind, path, ...written))).toEqual(expected);
  });

  it('of one’s own come first, and keep their place for the choice', () => {
    const both = conflict('contact', 'street', 'Kade', 'Laan');
    const [first, second] = valuesInWords({ ...both, values: both.values.toReversed() }, names);
    expect([first?.index, first?.who, second?.now]).toEqual([1, 'Jij', false]);
  });
});

describe('the buttons', () => {
  function buttons(...written: ConflictValueView[]): string[] {
    const of = { ...conflict('contact', 'street'), values: written };
    return valuesInWords(of, names).map(({ button }) => button);
  }

  it('say whose it is', () => {
    expect(buttons(written('a', ''), written('b', 'Yusuf Demir'))).toEqual([
      'Die van mij',
      'Die van Yusuf',
    ]);
  });

  it('can be told apart when two people have one first name', () => {
    expect(buttons(written('a', 'Yusuf Demir'), written('b', 'Yusuf Kaya'))).toEqual([
      'Die van Yusuf Demir',
      'Die van Yusuf Kaya',
    ]);
  });

  it('can be told apart when one person wrote both', () => {
    const later = { ...written('b', ''), at: '2025-03-03T15:10:00Z' };
    expect(buttons(written('a', ''), later)).toEqual([
      'Die van mij (a)',
      'Die van mij (3 maart 2025 16:10)',
    ]);
  });
});

it('puts the conflicts of one record together', () => {
  const [a, b] = [conflict('contact', 'street'), conflict('contact', 'town')];
  const other = { ...conflict('contact', 'name'), record: { ...a.record, id: 'r2' } };
  expect(byRecord([a, other, b]).map(({ conflicts }) => conflicts.length)).toEqual([2, 1]);
});
