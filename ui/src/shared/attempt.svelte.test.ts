import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { Attempt } from './attempt.svelte.ts';

test('an effect that begins an attempt begins it once', async () => {
  const attempt = new Attempt();
  let begun = 0;
  const stop = $effect.root(() => {
    $effect(() => {
      void attempt.run(() => {
        begun += 1;
        // One that goes on for ever should fail here, not hang.
        return begun < 5 ? Promise.resolve() : new Promise<void>(() => undefined);
      });
    });
  });
  for (let round = 0; round < 3; round += 1) {
    flushSync();
    await Promise.resolve();
    await Promise.resolve();
  }
  expect(attempt.busy).toBe(false);
  expect(begun).toBe(1);
  stop();
});
