import { spawn, type ChildProcess } from 'node:child_process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { AppError } from '../appError.ts';
import { createTurns } from '../turns.ts';
import { ANSWER_HEAD_BYTES, INPUT_BYTES_MAX, PictureFacts } from './pictureAnswer.ts';

/** What is made of it: the variants of a file, a square in two sides, or something as large as a letter. */
export type PicturePurpose = 'file' | 'square' | 'emoji';

export interface Picture {
  readonly mime: string;
  /** Default: `file`. */
  readonly purpose?: PicturePurpose;
  readonly size: number;
  readonly bytes: () => AsyncIterable<Buffer>;
}

/** Takes a variant as it comes. */
export type TakeVariant = (name: string, size: number, bytes: AsyncIterable<Buffer>) => Promise<void>;

export type Pictures = ReturnType<typeof createPictures>;

const PROCESS = fileURLToPath(new URL('pictureProcess.ts', import.meta.url));
/** Half a core's worth of decoding beside the messages. */
const AT_ONCE = 2;
const WAITING_MAX = 50;
const PROCESS_MS = 10_000;
const HEAD_BYTES_MAX = 10_000;
const RETRY_SECONDS = 5;

/** Decodes pictures, each in a process of its own that has 10 s and 512 MB (SECURITY 15); two at a time. */
export function createPictures() {
  const inTurn = createTurns({
    atOnce: AT_ONCE,
    waitingMax: WAITING_MAX,
    refusal: () => new AppError('busy', 'too many pictures', { retryAfterSeconds: RETRY_SECONDS }),
  });

  return {
    /** @throws AppError `picture-refused` when it is none, too large, or took too much to open. */
    async process(picture: Picture, take: TakeVariant): Promise<PictureFacts> {
      if (picture.size > INPUT_BYTES_MAX) throw new AppError('picture-refused', 'too many bytes');
      return inTurn(() => processOne(picture, take));
    },
  };
}

async function processOne(picture: Picture, take: TakeVariant): Promise<PictureFacts> {
  // Nothing of our environment: it holds secrets.
  const child = spawn(process.execPath, ['--max-old-space-size=64', PROCESS, picture.mime, picture.purpose ?? 'file'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {},
    cwd: '/',
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), PROCESS_MS);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code));
  });
  // It is awaited at the end, and may fail before.
  ended.catch(() => undefined);
  try {
    // Who refuses to read on is not the fault to report.
    const feeding = pipeline(Readable.from(picture.bytes()), child.stdin).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
    const facts = await takeAnswer(child, take);
    const fault = await feeding;
    if (facts && fault === undefined) return facts;
    const code = await ended;
    if (code === 0 && fault !== undefined) throw fault;
    throw new AppError('picture-refused', `the picture process ended with ${code ?? 'a signal'}`);
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

/** Undefined when the process ended without an answer. */
async function takeAnswer(child: ChildProcess, take: TakeVariant): Promise<PictureFacts | undefined> {
  if (!child.stdout) return undefined;
  const reader = createReader(child.stdout);
  const length = await reader.exactly(ANSWER_HEAD_BYTES);
  if (!length) return undefined;
  const head = await reader.exactly(Math.min(length.readUInt32BE(), HEAD_BYTES_MAX));
  if (!head) return undefined;
  const facts = z.parse(PictureFacts, JSON.parse(head.toString()));
  for (const [name, size] of Object.entries(facts.sizes)) {
    // oxlint-disable-next-line no-await-in-loop -- they come one after another
    await take(name, size, reader.next(size));
  }
  return facts;
}

/** Reads a stream by counted bytes. */
function createReader(source: AsyncIterable<Buffer>) {
  const iterator = source[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);

  async function* next(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0;) {
      if (rest.length === 0) {
        // oxlint-disable-next-line no-await-in-loop -- a stream
        const { value, done } = await iterator.next();
        if (done) return;
        rest = value;
      }
      const piece = rest.subarray(0, left);
      rest = rest.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  return {
    next,
    async exactly(length: number): Promise<Buffer | undefined> {
      const pieces: Buffer[] = [];
      for await (const piece of next(length)) pieces.push(piece);
      const bytes = Buffer.concat(pieces);
      return bytes.length === length ? bytes : undefined;
    },
  };
}
