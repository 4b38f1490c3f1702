export { default as AskLonger } from './AskLonger.svelte';
export { default as Covered } from './Covered.svelte';
export { default as Lock } from './Lock.svelte';
export { default as LockSettings } from './LockSettings.svelte';
export { default as Wiped } from './Wiped.svelte';
export { lockNow } from './now.ts';
