export { default as Screen } from './Screen.svelte';
export { default as SyncChip } from './SyncChip.svelte';
