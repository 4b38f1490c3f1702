import { t } from './messages.ts';
import type { errors } from './nl/errors.ts';

/** How much it matters: `calm` explains, `warning` asks for a look, `serious` stops the work. */
export type Severity = 'calm' | 'warning' | 'serious';

/** What one button under the sentence can do; the screen decides how. */
export type ErrorAction = 'retry' | 'unlock' | 'sync' | 'join';

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
  const known: Code = isKnown(error.code) ? error.code : 'unexpected';
  const sentence = t.errors.sentences[known];
  const text = typeof sentence === 'function' ? sentence(detailsOf(error)) : sentence;
  const { severity, action } = table[known];
  return {
    code: error.code,
    text,
    severity,
    action,
    actionLabel: action && t.errors.actions[action],
  };
}

type Code = keyof (typeof errors)['sentences'];
interface Entry {
  severity: Severity;
  action?: ErrorAction;
}

/** One row per code; a code with a sentence but without a row does not compile. */
const table: Record<Code, Entry> = {
  // The device and its database
  wrong_passphrase: { severity: 'calm' },
  passphrase_short: { severity: 'calm' },
  passphrase_digits: { severity: 'calm' },
  locked: { severity: 'calm', action: 'unlock' },
  exists: { severity: 'calm', action: 'unlock' },
  absent: { severity: 'calm', action: 'retry' },
  device_secret_missing: { severity: 'serious', action: 'retry' },
  key_file: { severity: 'serious', action: 'retry' },
  newer_database: { severity: 'serious', action: 'retry' },
  database_busy: { severity: 'warning', action: 'retry' },
  disk_full: { severity: 'serious', action: 'retry' },
  not_writable: { severity: 'serious', action: 'retry' },
  damaged: { severity: 'serious', action: 'retry' },
  beyond_repair: { severity: 'serious', action: 'retry' },
  storage: { severity: 'serious', action: 'retry' },
  folder_unusable: { severity: 'serious', action: 'retry' },
  system: { severity: 'serious', action: 'retry' },
  too_many_tries: { severity: 'calm' },
  lease_over: { severity: 'serious', action: 'retry' },
  wiped: { severity: 'serious' },
  preference_unknown: { severity: 'calm' },
  // What a rule refuses
  basis_without_consent: { severity: 'calm' },
  managers_only: { severity: 'calm' },
  still_named: { severity: 'warning' },
  not_due: { severity: 'calm' },
  file_not_made: { severity: 'warning', action: 'retry' },
  bsn: { severity: 'calm' },
  too_long: { severity: 'calm' },
  record_full: { severity: 'calm' },
  wrong_shape: { severity: 'calm' },
  unknown_field: { severity: 'calm' },
  missing_field: { severity: 'calm' },
  signal_let_go: { severity: 'calm' },
  reporter_not_asked: { severity: 'calm' },
  reason_missing: { severity: 'calm' },
  ends_before_it_begins: { severity: 'calm' },
  newer_schema: { severity: 'warning' },
  not_a_closing_state: { severity: 'calm' },
  no_record: { severity: 'calm' },
  bad_id: { severity: 'calm' },
  unknown_kind: { severity: 'calm' },
  not_by_hand: { severity: 'calm' },
  other_kind: { severity: 'calm' },
  erase_no_right: { severity: 'calm' },
  share_out_of_reach: { severity: 'calm' },
  redact_no_right: { severity: 'calm' },
  nothing_there: { severity: 'calm' },
  no_undo: { severity: 'calm' },
  no_conflict: { severity: 'calm' },
  conflict_changed: { severity: 'calm', action: 'retry' },
  bad_choice: { severity: 'calm', action: 'retry' },
  // Joining and sending
  no_invitation: { severity: 'calm' },
  no_qr_code: { severity: 'calm' },
  picture_unreadable: { severity: 'calm' },
  invitation_unknown: { severity: 'calm' },
  invitation_used: { severity: 'calm' },
  invitation_expired: { severity: 'calm' },
  enrolment_refused: { severity: 'warning' },
  not_joining: { severity: 'calm' },
  needs_connection: { severity: 'calm', action: 'retry' },
  gone_meanwhile: { severity: 'calm', action: 'retry' },
  last_manager: { severity: 'calm' },
  phrase_differs: { severity: 'warning' },
  name_unusable: { severity: 'calm' },
  role_unknown: { severity: 'calm' },
  name_required: { severity: 'calm' },
  not_private: { severity: 'warning' },
  joined_already: { severity: 'calm' },
  no_space: { severity: 'warning' },
  space_read_only: { severity: 'warning' },
  not_shareable: { severity: 'calm' },
  until_passed: { severity: 'calm' },
  unsent_left: { severity: 'warning' },
  alone: { severity: 'calm', action: 'join' },
  offline: { severity: 'calm', action: 'retry' },
  server_busy: { severity: 'warning', action: 'retry' },
  server_refused: { severity: 'warning', action: 'retry' },
  not_a_server: { severity: 'warning', action: 'retry' },
  bad_server: { severity: 'warning' },
  answer_unreadable: { severity: 'warning', action: 'retry' },
  server_stands_still: { severity: 'warning', action: 'retry' },
  interrupted: { severity: 'calm', action: 'retry' },
  upgrade_required: { severity: 'serious', action: 'retry' },
  revoked: { severity: 'serious' },
  // Why the server refused a change
  missing_deps: { severity: 'warning', action: 'sync' },
  actor_fork: { severity: 'warning', action: 'sync' },
  epoch_superseded: { severity: 'warning', action: 'sync' },
  erased: { severity: 'calm' },
  no_right: { severity: 'warning' },
  too_big: { severity: 'warning' },
  invalid: { severity: 'warning' },
  document_damaged: { severity: 'warning' },
  unknown: { severity: 'warning' },
  // Files
  file_unknown: { severity: 'calm' },
  file_not_written: { severity: 'warning', action: 'retry' },
  no_import: { severity: 'calm', action: 'retry' },
  format_unknown: { severity: 'calm' },
  // The doors
  unreachable: { severity: 'serious', action: 'retry' },
  bad_arguments: { severity: 'warning', action: 'retry' },
  unknown_command: { severity: 'warning' },
  crashed: { severity: 'warning', action: 'retry' },
  unexpected: { severity: 'warning', action: 'retry' },
};

function isKnown(code: string): code is Code {
  return Object.hasOwn(table, code);
}

function detailsOf(error: { details?: unknown }): Record<string, unknown> {
  const { details } = error;
  return typeof details === 'object' && details !== null ? { ...details } : {};
}
