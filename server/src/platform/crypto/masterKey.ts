import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const KEY_BYTES = 32;
const FILE_NAME = 'master.key';

interface MasterKeySource {
  /** `DIALOG_MASTER_KEY`: 32 bytes in base64. */
  readonly fromEnvironment: string | undefined;
  /** Where `master.key` is kept, or made, when the environment names no key. */
  readonly dataFolder: string;
}

/**
 * The key that wraps all chat keys. Whoever loses it loses what people wrote, so it is never silently replaced: a file
 * that is there but wrong stops the start.
 */
export async function loadMasterKey({ fromEnvironment, dataFolder }: MasterKeySource): Promise<Buffer> {
  if (fromEnvironment) return decode(fromEnvironment, 'DIALOG_MASTER_KEY');
  const path = join(dataFolder, FILE_NAME);
  if (!(await exists(path))) await makeKeyFile(dataFolder, path);
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) throw new Error(`${path} can be read by others; run: chmod 600 ${path}`);
  return decode(await readFile(path, 'utf8'), path);
}

function decode(text: string, origin: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== KEY_BYTES)
    throw new Error(`${origin} must hold ${KEY_BYTES} bytes in base64 (make one: openssl rand -base64 32)`);
  return key;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

/** Written aside, synced and linked: two nodes starting at once agree on one key, and a crash leaves no half of one. */
async function makeKeyFile(folder: string, path: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(aside, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(KEY_BYTES).toString('base64')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(aside, 0o600);
  await link(aside, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(aside);
}
