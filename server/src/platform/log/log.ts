import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/** Names under which secrets and people's words travel; a log line never holds what stands behind them. */
const REDACTED = [
  'token',
  'password',
  'currentPassword',
  'newPassword',
  'text',
  'title',
  'body',
  'cookie',
  'authorization',
  'apiSecret',
  'masterKey',
];

/** JSON lines for an operator's tools. */
export function createLog(options: {
  readonly level: string;
  readonly nodeId: string;
  readonly to?: DestinationStream;
}): Log {
  return pino(
    {
      level: options.level,
      base: { node: options.nodeId },
      redact: { paths: REDACTED.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
      serializers: { err: describeError },
    },
    options.to ?? pino.destination({ dest: 1, sync: false }),
  );
}

interface DescribedError {
  readonly type: string;
  readonly message: string;
  readonly code?: unknown;
  readonly stack?: string | undefined;
  readonly cause?: DescribedError;
}

/**
 * What helps to find the fault. Not pino's own serializer: that copies every property of the error, and a database
 * error holds the whole statement with what people wrote in it. Its message may quote a value, so that is cut as well.
 */
export function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error' };
  const isFromDatabase = 'sqlState' in error;
  return {
    type: error.name,
    message: isFromDatabase ? 'refused by the database' : error.message,
    ...('code' in error ? { code: error.code } : {}),
    stack: isFromDatabase ? error.stack?.replace(error.message, '') : error.stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
