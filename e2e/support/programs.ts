import { cacheFolder } from '../../scripts/start/folders.mjs';
import { createSilence } from '../../scripts/start/progress.mjs';
import { openProviders } from '../../scripts/start/providers.mjs';

/** Where a program is that `npm start` or `npm test` would use; got in the same way when it is missing. */
export function programPath(name: 'mysql' | 'redis' | 'livekit' | 'chromium'): Promise<string> {
  return openProviders({ env: process.env, cache: cacheFolder(process.env), progress: createSilence() }).need(name);
}
