export { Again } from './again.ts';
export { call, handOver, on } from './backend.ts';
export { BackendError } from './error.ts';
export { liveQuery, type ChangedKind, type LiveQuery } from './live.svelte.ts';
export type * from './generated.ts';
