import { expect, test } from 'vitest';
import { Remote } from './remote.svelte.ts';

test('what is asked for while it is being read is read once more, and the last answer stays', async () => {
  const asked: ((answer: string) => void)[] = [];
  const remote = new Remote(() => new Promise<string>((answer) => asked.push(answer)));
  const read = [remote.read(), remote.read(), remote.read()];
  asked[0]?.('busy');
  await expect.poll(() => asked.length).toBe(2);
  asked[1]?.('up to date');
  await Promise.all(read);
  expect(remote.value).toBe('up to date');
  expect(asked.length).toBe(2);
});
