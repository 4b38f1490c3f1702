/** What a call was refused with. `code` is stable and has a sentence in `src/i18n/errors.ts`. */
export class BackendError extends Error {
  readonly code: string;
  readonly details: unknown;

  constructor(code: string, message: string, details?: unknown) {
    super(message);
    this.name = 'BackendError';
    this.code = code;
    this.details = details;
  }

  /** Reads whatever a door rejected with; what is not ours becomes `unreachable` or `unexpected`. */
  static from(cause: unknown): BackendError {
    if (cause instanceof BackendError) return cause;
    if (isErrorBody(cause)) return new BackendError(cause.code, cause.message, cause.details);
    if (cause instanceof TypeError) return new BackendError('unreachable', cause.message);
    return new BackendError('unexpected', cause instanceof Error ? cause.message : String(cause));
  }
}

interface ErrorBody {
  code: string;
  message: string;
  details?: unknown;
}

function isErrorBody(value: unknown): value is ErrorBody {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  );
}
