import type { ErrorReply } from '@dialog/shared/contract/errorReply';
import { ERROR_STATUS, logLevelOf, type ErrorCode } from '@dialog/shared/contract/errors';
import { AppError } from '../appError.ts';
import { codeOf } from '../mysql/mysqlErrors.ts';
import type { Log } from '../log/log.ts';

export interface Refusal {
  readonly status: number;
  readonly reply: ErrorReply;
}

/** Fastify's own refusals, by its codes; what is not named here and has no status below 500 is a bug. */
const FASTIFY_CODES: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'invalid-request',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid-request',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid-request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid-request',
  FST_ERR_BAD_URL: 'invalid-request',
};

/** The error table of both carriers: a code, a status, one log line, and nothing of the inside. */
export function refuse(
  error: unknown,
  { log, requestId, act }: { readonly log: Log; readonly requestId: string; readonly act: string },
): Refusal {
  const code = codeFor(error);
  const level = logLevelOf(code);
  if (level === 'info') log.info({ requestId, act, code, because: messageOf(error) }, 'refused');
  else
    log[level]({ requestId, act, code, err: error }, level === 'warn' ? 'a dependency failed' : 'unexpected failure');
  const retryAfterSeconds = error instanceof AppError ? error.retryAfterSeconds : undefined;
  return {
    status: ERROR_STATUS[code],
    reply: { code, requestId, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) },
  };
}

function codeFor(error: unknown): ErrorCode {
  if (error instanceof AppError) return error.code;
  const named = FASTIFY_CODES[codeOf(error)];
  if (named) return named;
  const isClientsFault =
    error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' && error.statusCode < 500;
  return isClientsFault ? 'invalid-request' : 'internal';
}

function messageOf(error: unknown): string {
  return error instanceof AppError ? error.message : codeOf(error);
}
