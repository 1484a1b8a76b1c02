import { expect, test } from 'vitest';
import { createLog, describeError } from './log.ts';

function written(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog({ level: 'info', nodeId: 'n', to: { write: (line) => void lines.push(line) } }));
  return lines.join('');
}

test('neither secrets nor what people wrote get into a log line', () => {
  const secret = 'the-secret';
  const line = written((log) =>
    log.info(
      {
        token: secret,
        body: { text: secret },
        session: { token: secret },
        input: { body: { password: secret } },
        headers: { cookie: secret, authorization: secret },
      },
      'x',
    ),
  );
  expect(line).not.toContain(secret);
});

test('a failed statement is logged without its values', () => {
  const error = Object.assign(new Error("Data too long for 'hello from Alice'"), {
    sqlState: '22001',
    code: 'ER_DATA_TOO_LONG',
    sql: 'INSERT hello from Alice',
  });
  const line = written((log) => log.error({ err: error }, 'x'));
  expect(line).not.toContain('hello from Alice');
  expect(line).toContain('ER_DATA_TOO_LONG');
});

test('a failure is described with what caused it', () => {
  expect(describeError(new Error('outer', { cause: new Error('inner') }))).toMatchObject({
    message: 'outer',
    cause: { message: 'inner' },
  });
  expect(describeError('just text')).toEqual({ type: 'string', message: 'not an Error' });
});
