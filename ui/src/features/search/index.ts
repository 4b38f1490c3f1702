export { default as Screen } from './Screen.svelte';
export { default as Palette } from './Palette.svelte';
