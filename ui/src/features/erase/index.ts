export { Along } from './along.svelte.ts';
export { default as Copies } from './Copies.svelte';
export { default as ForGood } from './ForGood.svelte';
export { default as Points } from './Points.svelte';
export { default as Screen } from './Screen.svelte';
export { whoErases } from './words.ts';
