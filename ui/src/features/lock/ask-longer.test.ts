import { render, screen } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import { FakeBackend } from '../../backend/fake.ts';
import type { DeviceStatus } from '../../backend/index.ts';
import { device } from '../../shared/index.ts';
import AskLonger from './AskLonger.svelte';

const open: DeviceStatus = {
  phase: 'open',
  preferences: { language: 'nl', theme: 'auto', text_size: 100 },
  app_version: '0.1.0',
  pin_is_enough: false,
  ask_longer: true,
  invitation: null,
  me: null,
  spaces: [],
};

afterEach(() => {
  device.status = undefined;
});

test('a short passphrase is asked about once: a longer one, or keep it', async () => {
  const app = new FakeBackend({ passphrase_keep: () => ({ ...open, ask_longer: false }) });
  device.accept(open);
  render(AskLonger);
  flushSync();
  screen.getByText('Kies een langere wachtzin');
  screen.getByRole('button', { name: 'Houd deze' }).click();
  await expect.poll(() => device.status?.ask_longer).toBe(false);
  flushSync();
  expect(app.calls.map(({ name }) => name)).toEqual(['passphrase_keep']);
  expect(screen.queryByText('Kies een langere wachtzin')).toBeNull();
});

test('whoever wants a longer one gets the fields for it', () => {
  device.accept(open);
  render(AskLonger);
  flushSync();
  screen.getByRole('button', { name: 'Kies een langere' }).click();
  flushSync();
  screen.getByLabelText('Je wachtzin tot nu toe');
  expect(screen.queryByText('Kies een langere wachtzin')).toBeNull();
});
