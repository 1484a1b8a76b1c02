import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findTool } from '../platform/ffmpeg/ffmpegProcess.ts';

/** An ffmpeg to test with, and files that it opens. */
export interface TestFfmpeg {
  readonly name: 'the real one' | 'a stand-in';
  readonly program: string;
  readonly voice: Buffer;
  readonly film: Buffer;
}

const STILL =
  '/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAwAEADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFgEBAQEAAAAAAAAAAAAAAAAAAAQF/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AnAL2aAAAAAAAAAAAAAAAAAAAAAA//9k=';
const SOUND = Buffer.concat([Buffer.from('00000020667479704d344120', 'hex'), Buffer.alloc(20)]).toString('base64');

/** Takes the command line that we give ffmpeg and no other; what it makes is of the right kind and says nothing. */
const STAND_IN = `#!/bin/sh
if [ "$1" = -version ]; then echo 'ffmpeg version 0-stand-in'; exit 0; fi
case " $* " in *' -nostdin '*' -protocol_whitelist file,pipe -f matroska -i '*) ;; *) exit 1 ;; esac
for output; do :; done
echo '  Duration: 00:00:02.00, start: 0.000000, bitrate: 90 kb/s' >&2
case " $* " in *' aac '*) made='${SOUND}' ;; *) made='${STILL}' ;; esac
echo "$made" | base64 -d >"$output"
`;
const WEBM = '1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701';

/** The real one where this machine has it; the stand-in everywhere. */
export async function ffmpegsHere(): Promise<readonly TestFfmpeg[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dialog-ffmpegs-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const standIn = join(folder, 'ffmpeg');
  await writeFile(standIn, STAND_IN, { mode: 0o755 });
  const webm = Buffer.concat([Buffer.from(WEBM, 'hex'), Buffer.alloc(3_000, 7)]);
  const standing: TestFfmpeg = { name: 'a stand-in', program: standIn, voice: webm, film: webm };
  const program = await findTool('ffmpeg');
  if (program === undefined) return [standing];
  const make = async (name: string, args: readonly string[]): Promise<Buffer> => {
    await promisify(execFile)(program, ['-loglevel', 'error', '-f', 'lavfi', ...args, join(folder, name)]);
    return readFile(join(folder, name));
  };
  const voice = await make('voice.webm', ['-i', 'sine=frequency=440:duration=2', '-c:a', 'libopus']);
  const film = await make('film.webm', ['-i', 'testsrc=duration=2:size=320x180:rate=12', '-c:v', 'libvpx']);
  return [standing, { name: 'the real one', program, voice, film }];
}
