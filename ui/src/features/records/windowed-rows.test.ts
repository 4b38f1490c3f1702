import { expect, test } from 'vitest';
import { BackendError } from '../../backend/index.ts';
import { WindowedRows } from './windowed-rows.svelte.ts';

interface Question {
  offset: number;
  answer: (prefix?: string, total?: number) => Promise<void>;
  fail: () => Promise<void>;
}

function listOf(): { list: WindowedRows<string>; questions: Question[] } {
  const questions: Question[] = [];
  const list = new WindowedRows<string>(
    (offset, limit) =>
      new Promise((resolve, reject) => {
        questions.push({
          offset,
          answer: async (prefix = 'row', total = 10_000) => {
            resolve({
              total,
              rows: Array.from({ length: limit }, (_, at) => `${prefix} ${offset + at}`),
            });
            await settled();
          },
          fail: async () => {
            reject(new BackendError('unreachable', 'gone'));
            await settled();
          },
        });
      }),
  );
  return { list, questions };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test('only the rows in sight are asked for, and each page once', async () => {
  const { list, questions } = listOf();
  void list.show(0, 12);
  await questions[0]?.answer();
  void list.show(40, 60);
  void list.show(5_990, 6_010);
  await Promise.all(questions.slice(1).map((question) => question.answer()));
  expect(questions.map(({ offset }) => offset)).toEqual([0, 5_900, 6_000]);
  expect(list.total).toBe(10_000);
  expect(list.row(12)).toBe('row 12');
  expect(list.row(6_010)).toBe('row 6010');
  expect(list.row(300)).toBeUndefined();
});

test('an answer to an earlier question is dropped', async () => {
  const { list, questions } = listOf();
  void list.show(0, 10);
  void list.restart();
  await questions[1]?.answer('new', 3);
  await questions[0]?.answer('old');
  expect(list.row(0)).toBe('new 0');
  expect(list.total).toBe(3);
});

test('rows stay in sight until the newer ones are there', async () => {
  const { list, questions } = listOf();
  void list.show(0, 10);
  await questions[0]?.answer('old');
  void list.restart();
  expect(list.row(0)).toBe('old 0');
  await questions[1]?.answer('new');
  expect(list.row(0)).toBe('new 0');
});

test('a change asks again what is in sight and the first page, and forgets the rest', async () => {
  const { list, questions } = listOf();
  void list.show(0, 10);
  await questions[0]?.answer('old');
  void list.show(500, 510);
  await questions[1]?.answer('old');
  void list.refresh();
  await settled();
  void list.show(300, 310);
  expect(list.row(505)).toBe('old 505');
  expect(questions.map(({ offset }) => offset)).toEqual([0, 500, 0, 500, 300]);
  await questions[3]?.answer('new');
  expect(list.row(505)).toBe('new 505');
  await questions[2]?.answer('new');
  await questions[4]?.answer('new');
  expect(list.row(0)).toBe('new 0');
  expect(list.row(305)).toBe('new 305');
});

test('many changes in a row cost at most one question more', async () => {
  const { list, questions } = listOf();
  void list.show(0, 10);
  await questions[0]?.answer();
  for (let change = 0; change < 50; change++) void list.refresh();
  await questions[1]?.answer();
  for (let change = 0; change < 50; change++) void list.refresh();
  await questions[2]?.answer();
  await settled();
  expect(questions.length).toBeLessThanOrEqual(4);
});

test('a page that failed is asked again when it comes in sight again', async () => {
  const { list, questions } = listOf();
  void list.show(0, 10);
  await questions[0]?.fail();
  expect(list.error?.code).toBe('unreachable');
  expect(list.loading).toBe(false);
  void list.show(0, 10);
  await questions[1]?.answer();
  expect(list.error).toBeUndefined();
  expect(list.row(0)).toBe('row 0');
});
