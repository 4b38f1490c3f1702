export { default as ConflictCard } from './ConflictCard.svelte';
export { default as Screen } from './Screen.svelte';
