import { isTauri } from '@tauri-apps/api/core';
import { browserDoor } from './browser.ts';
import type { Door } from './door.ts';
import { BackendError } from './error.ts';
import type { Commands, Events } from './generated.ts';
import { tauriDoor } from './tauri.ts';

/** Calls the app. Rejects with a `BackendError`, never with anything else. */
export async function call<K extends keyof Commands>(
  name: K,
  args: Commands[K]['args'],
): Promise<Commands[K]['reply']> {
  try {
    return (await currentDoor().call(name, args)) as Commands[K]['reply'];
  } catch (cause) {
    throw BackendError.from(cause);
  }
}

/**
 * Hands an address over to the device: its telephone, mail program or browser. `undefined` where a
 * browser does that by itself; rejects when the device has no program for it.
 */
export function handOver(address: string): Promise<void> | undefined {
  return currentDoor().open?.(address);
}

/** Listens to one kind of event until the returned function is called. */
export function on<K extends keyof Events>(
  name: K,
  handler: (payload: Events[K]) => void,
): () => void {
  const heard = (payload: unknown): void => {
    handler(payload as Events[K]);
  };
  const ofName = listeners.get(name) ?? new Set();
  listeners.set(name, ofName);
  ofName.add(heard);
  stopListening ??= currentDoor().listen(dispatch);
  return () => {
    ofName.delete(heard);
    if ([...listeners.values()].some((left) => left.size > 0)) return;
    stopListening?.();
    stopListening = undefined;
  };
}

/** Replaces the door; for tests. Without an argument the real one is chosen again. */
export function useDoor(replacement?: Door): void {
  stopListening?.();
  stopListening = undefined;
  listeners.clear();
  door = replacement;
}

// One stream for all listeners: a browser allows only six to one host.
const listeners = new Map<string, Set<(payload: unknown) => void>>();
let stopListening: (() => void) | undefined;
let door: Door | undefined;

function currentDoor(): Door {
  door ??= isTauri() ? tauriDoor : browserDoor();
  return door;
}

function dispatch(event: { name: string; payload: unknown }): void {
  for (const heard of [...(listeners.get(event.name) ?? [])]) heard(event.payload);
}
