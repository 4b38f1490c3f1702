export { Along } from './along.svelte.ts';
export { default as ForGood } from './ForGood.svelte';
export { default as Points } from './Points.svelte';
export { default as Screen } from './Screen.svelte';
