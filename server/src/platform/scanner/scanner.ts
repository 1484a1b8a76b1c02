import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { AppError } from '../appError.ts';

/** An operator's virus scanner. */
export interface Scanner {
  /** @throws AppError `file-infected`, or `scanner-unavailable`: nothing passes unseen. */
  scan(file: { readonly size: number; readonly bytes: () => AsyncIterable<Buffer> }): Promise<void>;
}

interface ScannerOptions {
  readonly host: string;
  readonly port: number;
}

const SILENT_MS = 20_000;
const ANSWER_MAX = 4_096;
const RETRY_SECONDS = 30;

/** ClamAV's clamd, by its INSTREAM command: the file in pieces, each behind its length, an empty one at the end. */
export function createScanner(options: ScannerOptions | null): Scanner {
  if (!options) return { scan: async () => undefined };
  return {
    async scan({ bytes }) {
      const answer = await askClamd(options, bytes()).catch((error: unknown) => {
        throw unavailable('does not answer', error);
      });
      if (answer.endsWith(' FOUND')) throw new AppError('file-infected', answer);
      if (!answer.endsWith(': OK')) throw unavailable(answer);
    },
  };
}

async function askClamd({ host, port }: ScannerOptions, bytes: AsyncIterable<Buffer>): Promise<string> {
  const socket = connect({ host, port });
  socket.setTimeout(SILENT_MS, () => socket.destroy(new Error('silent')));
  const answered = answerOf(socket);
  // It is awaited at the end, and may fail before.
  answered.catch(() => undefined);
  try {
    await once(socket, 'connect');
    await send(socket, Buffer.from('zINSTREAM\0'));
    for await (const piece of bytes) {
      // It has found something, or takes no more, and says why.
      if (socket.readableEnded || !socket.writable) break;
      await send(socket, lengthOf(piece.length));
      await send(socket, piece);
    }
    if (socket.writable) await send(socket, lengthOf(0));
    return await answered;
  } finally {
    socket.destroy();
  }
}

async function send(socket: Socket, bytes: Buffer): Promise<void> {
  if (socket.write(bytes)) return;
  const over = new AbortController();
  const { signal } = over;
  // What is no longer waited for must not stay on the socket: a large file waits thousands of times.
  await Promise.race([once(socket, 'drain', { signal }), once(socket, 'close', { signal })]).finally(() =>
    over.abort(),
  );
}

function lengthOf(length: number): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(length);
  return head;
}

async function answerOf(socket: Socket): Promise<string> {
  let text = '';
  for await (const bytes of socket as AsyncIterable<Buffer>) {
    text += bytes.toString('latin1');
    if (text.includes('\0') || text.length > ANSWER_MAX) break;
  }
  return text.replace(/\0.*$/s, '').trim();
}

function unavailable(because: string, cause?: unknown): AppError {
  return new AppError('scanner-unavailable', because.slice(0, 200), { cause, retryAfterSeconds: RETRY_SECONDS });
}
