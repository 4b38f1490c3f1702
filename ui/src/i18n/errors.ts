import { t } from './messages.ts';
import type { errors } from './nl/errors.ts';

/** How much it matters: `calm` explains, `warning` asks for a look, `serious` stops the work. */
export type Severity = 'calm' | 'warning' | 'serious';

/** What one button under the sentence can do; the screen decides how. */
export type ErrorAction = 'retry' | 'unlock' | 'sync' | 'join' | 'settings' | 'close';

/** An error for people: what happened, that nothing is lost, what to do. */
export interface Described {
  code: string;
  text: string;
  severity: Severity;
  action: ErrorAction | undefined;
  actionLabel: string | undefined;
}

/** The sentence, severity and button of an error. A code we do not know is said honestly. */
export function describeError(error: { code: string; details?: unknown }): Described {
  const known = isKnown(error.code) ? table[error.code] : generic;
  const sentences = t.errors.sentences;
  const sentence = isKnown(error.code) ? sentences[error.code] : sentences.unexpected;
  const text = typeof sentence === 'function' ? sentence(detailsOf(error)) : sentence;
  const action = known.action;
  return {
    code: error.code,
    text,
    severity: known.severity,
    action,
    actionLabel: action && t.errors.actions[action],
  };
}

type Code = keyof (typeof errors)['sentences'];
interface Entry {
  severity: Severity;
  action?: ErrorAction;
}

const generic: Entry = { severity: 'warning', action: 'retry' };

/** One row per code; a code with a sentence but without a row does not compile. */
const table: Record<Code, Entry> = {
  // The device and its database
  wrong_passphrase: { severity: 'calm' },
  passphrase_too_short: { severity: 'calm' },
  not_open: { severity: 'calm', action: 'unlock' },
  already_initialised: { severity: 'calm', action: 'unlock' },
  database_busy: { severity: 'warning', action: 'retry' },
  database_newer: { severity: 'serious', action: 'close' },
  database_damaged: { severity: 'serious', action: 'retry' },
  database_unreadable: { severity: 'serious', action: 'retry' },
  disk_full: { severity: 'serious', action: 'retry' },
  key_store_unavailable: { severity: 'serious', action: 'retry' },
  // What a rule refuses
  bsn: { severity: 'calm' },
  not_found: { severity: 'calm', action: 'close' },
  required: { severity: 'calm' },
  invalid_value: { severity: 'calm' },
  too_long: { severity: 'calm' },
  reason_needed: { severity: 'calm' },
  owner_needed: { severity: 'calm' },
  values_changed: { severity: 'calm', action: 'retry' },
  cannot_undo: { severity: 'calm' },
  // Joining and sending
  invitation_unreadable: { severity: 'calm' },
  invitation_used: { severity: 'calm' },
  invitation_expired: { severity: 'calm' },
  already_joined: { severity: 'calm' },
  not_joined: { severity: 'calm', action: 'join' },
  offline: { severity: 'calm', action: 'retry' },
  server_problem: { severity: 'warning', action: 'retry' },
  server_too_old: { severity: 'warning', action: 'close' },
  app_too_old: { severity: 'serious', action: 'close' },
  certificate: { severity: 'serious', action: 'retry' },
  revoked: { severity: 'serious' },
  // Why the server refused a change
  missing_deps: { severity: 'warning', action: 'sync' },
  actor_fork: { severity: 'warning', action: 'sync' },
  epoch_superseded: { severity: 'warning', action: 'sync' },
  erased: { severity: 'calm' },
  no_right: { severity: 'warning' },
  too_big: { severity: 'warning' },
  invalid: { severity: 'warning' },
  // Files
  file_unreadable: { severity: 'calm' },
  file_too_big: { severity: 'calm' },
  import_gone: { severity: 'calm', action: 'retry' },
  export_failed: { severity: 'warning', action: 'retry' },
  // The doors
  unreachable: { severity: 'serious', action: 'retry' },
  bad_arguments: { severity: 'warning', action: 'retry' },
  unknown_command: { severity: 'warning' },
  unexpected: generic,
};

function isKnown(code: string): code is Code {
  return Object.hasOwn(table, code);
}

function detailsOf(error: { details?: unknown }): Record<string, unknown> {
  const { details } = error;
  return typeof details === 'object' && details !== null ? { ...details } : {};
}
