export { default as InvitationField } from './InvitationField.svelte';
export { default as Screen } from './Screen.svelte';
export { default as SyncChip } from './SyncChip.svelte';
export { Invitation } from './invitation.svelte.ts';
export { pullToSync } from './pull.ts';
