import type { ErrorCode } from '@dialog/shared/contract/errors';

interface AppErrorOptions extends ErrorOptions {
  /** With `rate-limited` and `busy`: when a retry can succeed. */
  readonly retryAfterSeconds?: number;
}

/** A failure we planned for: the client gets the code, the log gets `because`. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, because?: string, options?: AppErrorOptions) {
    super(because ?? code, options);
    this.code = code;
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }
}
