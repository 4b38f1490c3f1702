import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BackendError, type ImportPreview, type ImportRow } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { notices } from '../../shared/index.ts';
import { Importing } from './importing.svelte.ts';
import { leftOutInWords, whyUnreadable } from './words.ts';

function row(at: number, known = false): ImportRow {
  return {
    row: at,
    line: at + 1,
    title: `Rij ${at}`,
    detail: '',
    duplicate: known ? { id: 'c1', kind: 'contact', title: 'Fatima' } : null,
    left_out: [],
  };
}

const preview: ImportPreview = {
  import: 'i1',
  format: 'vcard',
  rows: [row(0), row(1, true), row(2, true)],
  readable: 3,
  new: 1,
  duplicates: 2,
  unreadable: [{ line: 9, code: 'no_name', text: 'N:;;;' }],
};

const file = new File(['BEGIN:VCARD'], 'kaarten.vcf');
let backend: FakeBackend;

async function looked(shown: ImportPreview = preview): Promise<Importing> {
  backend.answer('import_read', () => shown);
  const importing = new Importing();
  await importing.read(file);
  return importing;
}

function sent(name: string): unknown[] {
  return backend.calls.filter((one) => one.name === name).map(({ args }) => args);
}

beforeEach(() => {
  backend = new FakeBackend({
    import_apply: () => ({ id: 'c1', undo: 'u1', records: [] }),
    action_undo: () => ({ id: 'c1', undo: null, records: [] }),
  });
});

afterEach(() => notices.dismiss());

describe('reading a file', () => {
  it('shows what is in it and keeps nothing', async () => {
    const importing = await looked();
    expect(importing.step).toMatchObject({ at: 'preview', file: 'kaarten.vcf' });
    expect(sent('import_read')).toEqual([
      { file_name: 'kaarten.vcf', content: btoa('BEGIN:VCARD') },
    ]);
    expect(sent('import_apply')).toEqual([]);
  });

  it('takes an empty file as it is', async () => {
    backend.answer('import_read', () => preview);
    await new Importing().read(new File([], 'leeg.csv'));
    expect(sent('import_read')).toEqual([{ file_name: 'leeg.csv', content: '' }]);
  });

  it('says why it did not work, and another file can be chosen', async () => {
    backend.answer('import_read', () => {
      throw new BackendError('file_unknown', 'no contacts');
    });
    const importing = new Importing();
    await importing.read(file);
    expect([importing.step.at, importing.error?.code]).toEqual(['choose', 'file_unknown']);
  });

  it('says so when the file cannot be opened', async () => {
    vi.spyOn(FileReader.prototype, 'readAsDataURL').mockImplementation(function (this: FileReader) {
      this.dispatchEvent(new ProgressEvent('error'));
    });
    const importing = new Importing();
    await importing.read(file);
    expect([importing.step.at, importing.unopenable]).toEqual(['choose', true]);
    expect(backend.calls).toEqual([]);
  });

  it('lets a file that was chosen later win', async () => {
    const answers: ((preview: ImportPreview) => void)[] = [];
    backend.answer('import_read', () => new Promise((answer) => answers.push(answer)));
    const importing = new Importing();
    const first = importing.read(file);
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    const second = importing.read(new File(['x'], 'later.csv'));
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[1]?.({ ...preview, import: 'i2' });
    answers[0]?.(preview);
    await Promise.all([first, second]);
    expect(importing.step).toMatchObject({ file: 'later.csv', preview: { import: 'i2' } });
  });
});

describe('choosing', () => {
  it('puts together who is probably known and adds the rest, unless told otherwise', async () => {
    const importing = await looked();
    await importing.apply();
    expect(sent('import_apply')).toEqual([
      { import: 'i1', skip: [], merge: [], new: [], known: 'merge' },
    ]);
  });

  it('makes new ones and leaves out as told', async () => {
    const importing = await looked();
    importing.decide(preview.rows.slice(0, 1), 'skip');
    importing.decide(preview.rows.slice(1, 2), 'new');
    expect(importing.taking).toBe(2);
    await importing.apply();
    expect(sent('import_apply')).toEqual([
      { import: 'i1', skip: [0], merge: [], new: [1], known: 'merge' },
    ]);
    expect(importing.step).toMatchObject({ at: 'done', skipped: 1, unreadable: 1 });
  });

  it('sends one choice for all who are known, also those that are not shown', async () => {
    const importing = await looked({ ...preview, readable: 6, duplicates: 4 });
    importing.decide(preview.rows.slice(2), 'merge');
    importing.decideKnown('skip');
    importing.decide(preview.rows.slice(1, 2), 'new');
    expect(importing.taking).toBe(3);
    await importing.apply();
    expect(sent('import_apply')).toEqual([
      { import: 'i1', skip: [], merge: [], new: [1], known: 'skip' },
    ]);
    expect(importing.step).toMatchObject({ at: 'done', skipped: 3 });
  });

  it('goes to the space that was chosen', async () => {
    const importing = await looked();
    importing.space = 'mine';
    await importing.apply();
    expect(sent('import_apply')).toMatchObject([{ space: 'mine' }]);
  });

  it('is forgotten with the file', async () => {
    const importing = await looked();
    importing.decide(preview.rows, 'skip');
    importing.cancel();
    await importing.read(file);
    expect(importing.taking).toBe(3);
  });
});

describe('carrying out', () => {
  it('keeps the choices when it fails', async () => {
    backend.answer('import_apply', () => {
      throw new BackendError('disk_full', 'full');
    });
    const importing = await looked();
    importing.decide(preview.rows.slice(0, 1), 'skip');
    await importing.apply();
    expect(importing.step.at).toBe('preview');
    expect([importing.applying.error?.code, importing.taking]).toEqual(['disk_full', 2]);
  });

  it('asks for the file again when it was read too long ago', async () => {
    backend.answer('import_apply', () => {
      throw new BackendError('no_import', 'gone');
    });
    const importing = await looked();
    await importing.apply();
    expect([importing.step.at, importing.error?.code]).toEqual(['choose', 'no_import']);
  });

  it('is taken back as a whole', async () => {
    const importing = await looked();
    await importing.apply();
    await importing.undo();
    expect(sent('action_undo')).toEqual([{ undo: 'u1' }]);
    expect([importing.step.at, notices.current?.text]).toEqual([
      'choose',
      'Het inlezen is ongedaan gemaakt',
    ]);
  });

  it('stays done when it cannot be taken back, and says why', async () => {
    backend.answer('action_undo', () => {
      throw new BackendError('no_undo', 'later work');
    });
    const importing = await looked();
    await importing.apply();
    await importing.undo();
    expect([importing.step.at, importing.applying.error?.code]).toEqual(['done', 'no_undo']);
  });
});

describe('codes', () => {
  it('are words, also those of a newer app', () => {
    expect(whyUnreadable('no_name')).toBe('er staat geen naam bij');
    expect(whyUnreadable('brand_new')).toBe('Buurtboek begrijpt deze rij niet');
    expect(leftOutInWords(['bsn:note', 'second:address', 'x:y'])).toBe(
      'weggelaten: notitie (burgerservicenummer), adres (er is plaats voor één) en een ander veld (past niet)',
    );
  });
});
