import { hkdfSync } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the operator finds the secret of the page. */
export const OUTBOX_SECRET_FILE = 'outbox.secret';

/** The same at every node, for it comes from the key that all of them have; says nothing of that key. */
export function outboxSecret(masterKey: Buffer): string {
  return Buffer.from(hkdfSync('sha256', masterKey, '', 'dialog outbox page', 24)).toString('base64url');
}

/** For its owner's eyes only. Written anew at each start: aside first, so that nobody reads half of it. */
export async function writeOutboxSecret(dataFolder: string, secret: string): Promise<void> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const path = join(dataFolder, OUTBOX_SECRET_FILE);
  const aside = `${path}.${process.pid}`;
  await writeFile(aside, `${secret}\n`, { mode: 0o600 });
  await rename(aside, path);
}
