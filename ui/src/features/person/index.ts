export { default as Consent } from './Consent.svelte';
export { default as PersonFile } from './PersonFile.svelte';
