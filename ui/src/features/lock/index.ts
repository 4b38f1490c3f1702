export { default as Lock } from './Lock.svelte';
