export { default as Exports } from './Exports.svelte';
export { default as Screen } from './Screen.svelte';
