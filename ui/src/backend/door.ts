/** A way to reach the app: the Tauri window, the browser door, or a fake in tests. */
export interface Door {
  call(name: string, args: unknown): Promise<unknown>;
  /** Hands over every event until the returned function is called. */
  listen(handler: (event: DoorEvent) => void): () => void;
  /** Hands an address over to the device; where it is missing the browser does that by itself. */
  open?(address: string): Promise<void>;
}

/** An event as it crosses the door. */
export interface DoorEvent {
  name: string;
  payload: unknown;
}

export function isDoorEvent(value: unknown): value is DoorEvent {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'payload' in value
  );
}
