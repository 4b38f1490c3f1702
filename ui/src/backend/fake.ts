import { useDoor } from './backend.ts';
import { BackendError } from './error.ts';
import type { Commands, Events } from './generated.ts';

type Handlers = {
  [K in keyof Commands]?: (
    args: Commands[K]['args'],
  ) => Commands[K]['reply'] | Promise<Commands[K]['reply']>;
};

/** Stands in for the app in unit tests; a command without a handler is refused loudly. */
export class FakeBackend {
  /** Every call made, in order. */
  readonly calls: { name: string; args: unknown }[] = [];
  readonly #handlers = new Map<string, (args: never) => unknown>();
  #emit: (event: { name: string; payload: unknown }) => void = () => undefined;

  constructor(handlers: Handlers = {}) {
    for (const [name, handler] of Object.entries(handlers)) this.#handlers.set(name, handler);
    useDoor({
      call: async (name, args) => {
        this.calls.push({ name, args });
        const handler = this.#handlers.get(name);
        if (!handler) throw new BackendError('no_handler', `the fake has no handler for ${name}`);
        return await handler(args as never);
      },
      listen: (heard) => {
        this.#emit = heard;
        return () => {
          this.#emit = () => undefined;
        };
      },
    });
  }

  /** Answers this command from now on. */
  answer<K extends keyof Commands>(name: K, handler: NonNullable<Handlers[K]>): void {
    this.#handlers.set(name, handler);
  }

  /** Lets an event arrive, as the app would send it. */
  emit<K extends keyof Events>(name: K, payload: Events[K]): void {
    this.#emit({ name, payload });
  }
}
