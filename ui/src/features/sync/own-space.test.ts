import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BackendError, type DeviceStatus, type SpaceView } from '../../backend/index.ts';
import { FakeBackend } from '../../backend/fake.ts';
import { device, notices } from '../../shared/index.ts';
import Team from './Team.svelte';

const team: SpaceView = {
  id: 't',
  name: 'Buurtteam',
  kind: 'team',
  role: 'writer',
  default: true,
};
const own: SpaceView = { id: 'o', name: '', kind: 'personal', role: 'manager', default: false };

function status(spaces: SpaceView[]): DeviceStatus {
  return {
    phase: 'open',
    spaces,
    preferences: { language: 'nl', theme: 'system', text_size: 100 },
  } as unknown as DeviceStatus;
}

function backend(): FakeBackend {
  return new FakeBackend({
    lists_get: () => ({ people: [] }) as never,
    space_personal: () => status([team, own]),
  });
}

afterEach(() => {
  cleanup();
  notices.dismiss();
  device.status = undefined;
});

describe('One’s own space', () => {
  it('is made with one tap, and then there is nothing left to make', async () => {
    backend();
    device.accept(status([team]));
    render(Team);
    screen.getByRole('button', { name: 'Maak je eigen ruimte' }).click();
    await vi.waitFor(() => expect(device.status?.spaces).toHaveLength(2));
    expect(notices.current?.text).toContain('Je eigen ruimte is er');
    await vi.waitFor(() =>
      expect(screen.queryByRole('button', { name: 'Maak je eigen ruimte' })).toBeNull(),
    );
    expect(screen.getByText('alleen van jou')).toBeDefined();
  });

  it('needs a connection, and says so', async () => {
    backend().answer('space_personal', () => {
      throw new BackendError('needs_connection', 'offline');
    });
    device.accept(status([team]));
    render(Team);
    screen.getByRole('button', { name: 'Maak je eigen ruimte' }).click();
    await screen.findByText(/verbinding/);
    expect(device.status?.spaces).toHaveLength(1);
  });
});
