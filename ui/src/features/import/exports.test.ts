import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, expect, it, vi } from 'vitest';
import type { DeviceStatus } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { device } from '../../shared/index.ts';
import Exports from './Exports.svelte';

/** Shows the files, on a device in a team or alone. */
function shown(inTeam: boolean): FakeBackend {
  const backend = new FakeBackend({
    export_write: () => ({ path: '/downloads/buurtboek.ics', records: 1, archived: 0 }),
  });
  device.accept({
    spaces: inTeam ? [{ id: 't', name: 'Buurtteam', kind: 'team', role: 'writer' }] : [],
    preferences: { language: 'nl', theme: 'light', text_size: 100 },
  } as unknown as DeviceStatus);
  render(Exports);
  return backend;
}

/** Everybody's were asked for, or only one's own. */
async function everyone(backend: FakeBackend, button: string): Promise<boolean> {
  backend.calls.length = 0;
  screen.getByRole('button', { name: button }).click();
  await vi.waitFor(() => expect(backend.calls).toHaveLength(1));
  await screen.findByText('/downloads/buurtboek.ics');
  return (backend.calls[0]?.args as { everyone: boolean }).everyone;
}

afterEach(() => {
  cleanup();
  device.status = undefined;
});

it('offers a calendar of one’s own follow-ups, and one of the whole team’s', async () => {
  const backend = shown(true);
  expect(await everyone(backend, 'Mijn opvolgingen (agenda)')).toBe(false);
  expect(await everyone(backend, 'Opvolgingen van het team (agenda)')).toBe(true);
});

it('asks nobody who works alone whose follow-ups are meant', async () => {
  const backend = shown(false);
  expect(screen.queryByRole('button', { name: /Mijn opvolgingen/ })).toBeNull();
  expect(await everyone(backend, 'Opvolgingen (agenda)')).toBe(true);
});
