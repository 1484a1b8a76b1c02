import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../log/log.ts';
import { createTurns } from '../turns.ts';
import { confined, findTool, runProgram } from './ffmpegProcess.ts';

export interface MediaFile {
  readonly mime: string;
  readonly bytes: () => AsyncIterable<Buffer>;
}

export interface MadeFile {
  readonly size: number;
  readonly bytes: () => AsyncIterable<Buffer>;
}

export interface Still {
  /** A JPEG. */
  readonly picture: MadeFile;
  readonly durationMs: number | undefined;
}

/** What the system's ffmpeg does for us, where there is one. Whatever fails answers undefined: it is good to have, no more. */
export interface Ffmpeg {
  /** Null: there is none, or it is not to be used. */
  readonly version: string | null;
  /** The sound as AAC in MP4, which every browser plays; `take` reads it while it is there. */
  toAac(file: MediaFile, take: (made: MadeFile) => Promise<void>): Promise<boolean>;
  /** A still of a film, and how long that is. */
  stillOf(file: MediaFile, take: (still: Still) => Promise<void>): Promise<boolean>;
}

/**
 * What opens a file is said by what we found it to be. Were ffmpeg to guess, a playlist could pass for a film and name other
 * files of this machine.
 */
const DEMUXERS: Readonly<Record<string, string>> = {
  'audio/webm': 'matroska',
  'audio/ogg': 'ogg',
  'video/webm': 'matroska',
  'video/mp4': 'mov',
  'video/quicktime': 'mov',
};
const INPUT_BYTES_MAX = 300_000_000;
const WAITING_MAX = 20;
const FOUND_WITHIN_MS = 5_000;

export async function createFfmpeg(program: string | null, log: Pick<Log, 'info'>): Promise<Ffmpeg> {
  const found = program === null ? null : await find(program);
  const limits = found ? await confined() : [];
  log.info({ version: found?.version ?? null }, 'ffmpeg');
  // One at a time: it is work for a whole core.
  const inTurn = createTurns({ atOnce: 1, waitingMax: WAITING_MAX, refusal: () => new Error('too much at once') });

  async function tryInTurn(work: () => Promise<boolean>): Promise<boolean> {
    return found !== null && inTurn(work).catch(() => false);
  }

  /** In a folder that nobody else can look into, and that goes with whatever happens. */
  async function withFolder(file: MediaFile, work: (folder: Folder) => Promise<boolean>): Promise<boolean> {
    const demuxer = DEMUXERS[file.mime];
    if (demuxer === undefined || !found) return false;
    const folder = await mkdtemp(join(tmpdir(), 'dialog-ffmpeg-'));
    try {
      const [input, output] = [join(folder, 'input'), join(folder, 'output')];
      await writeFile(input, bounded(file.bytes()), { mode: 0o600 });
      const opened = ['-threads', '1', '-protocol_whitelist', 'file,pipe', '-f', demuxer, '-i', input];
      const run = (args: readonly string[]) =>
        runProgram([...limits, found.path, '-nostdin', '-hide_banner', '-y', ...opened, ...args, output]);
      return await work({ run, made: () => madeAt(output) });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  return {
    version: found?.version ?? null,
    toAac: (file, take) =>
      tryInTurn(() =>
        withFolder(file, async ({ run, made }) => {
          await run(['-map', '0:a:0', '-map_metadata', '-1', '-ac', '1', ...AAC]);
          await take(await made());
          return true;
        }),
      ),
    stillOf: (file, take) =>
      tryInTurn(() =>
        withFolder(file, async ({ run, made }) => {
          const said = await run(['-map', '0:v:0', '-map_metadata', '-1', ...STILL]);
          await take({ picture: await made(), durationMs: durationIn(said) });
          return true;
        }),
      ),
  };
}

interface Folder {
  /** What ffmpeg says. Rejects when it fails or takes too long. */
  readonly run: (args: readonly string[]) => Promise<string>;
  readonly made: () => Promise<MadeFile>;
}

const AAC = ['-c:a', 'aac', '-b:a', '64k', '-movflags', '+faststart', '-f', 'mp4'];
/** The most typical of the first frames: the very first is often black. */
const STILL = [
  '-vf',
  "thumbnail=24,scale='min(1600,iw)':-2",
  '-frames:v',
  '1',
  '-c:v',
  'mjpeg',
  '-q:v',
  '3',
  '-f',
  'mjpeg',
];

async function find(program: string): Promise<{ path: string; version: string } | null> {
  const path = await findTool(program);
  if (path === undefined) return null;
  const said = await runProgram([path, '-version'], FOUND_WITHIN_MS).catch(() => '');
  const version = /^ffmpeg version (\S+)/m.exec(said)?.[1];
  return version === undefined ? null : { path, version };
}

async function* bounded(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const piece of bytes) {
    length += piece.length;
    if (length > INPUT_BYTES_MAX) throw new Error('too large to be looked at');
    yield piece;
  }
}

async function madeAt(path: string): Promise<MadeFile> {
  const { size } = await stat(path);
  if (size === 0) throw new Error('nothing came of it');
  return { size, bytes: () => createReadStream(path) };
}

/** `Duration: 00:01:02.50, start: …` */
function durationIn(said: string): number | undefined {
  const [, hours, minutes, seconds] = /^\s*Duration: (\d+):(\d\d):(\d\d\.\d+)/m.exec(said) ?? [];
  if (seconds === undefined) return undefined;
  const ms = Math.round((Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000);
  return ms > 0 ? ms : undefined;
}
