export { default as Palette } from './Palette.svelte';
export { default as Screen } from './Screen.svelte';
