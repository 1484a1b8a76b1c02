import { createHmac } from 'node:crypto';
import * as z from 'zod/mini';

export interface LivekitConfig {
  /** What browsers and rows call it: `main` where there is one, else a few letters that say nothing of its address. */
  readonly name: string;
  /** `http://…`, as this server reaches it; browsers never do. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** With 20 servers one in two hundred million pools would have a name twice; those are refused. */
const NAME_LENGTH = 8;

const Text = z.string().check(z.minLength(1));

export const livekitEnvironment = {
  LIVEKIT_URL: z.optional(z.url()),
  LIVEKIT_URLS: z.optional(z.string()),
  LIVEKIT_API_KEY: z.optional(Text),
  LIVEKIT_API_SECRET: z.optional(Text),
};

const Environment = z.object(livekitEnvironment);

/** @throws Error that never shows an address: it may hold a secret. */
export function livekitIn(read: z.infer<typeof Environment>): LivekitConfig[] {
  const { LIVEKIT_URL: url, LIVEKIT_URLS: urls, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret } = read;
  if (urls !== undefined) return poolIn(urls, { apiKey, apiSecret });
  if (url === undefined) return [];
  if (apiKey === undefined || apiSecret === undefined)
    throw new Error('LIVEKIT_URL needs LIVEKIT_API_KEY and LIVEKIT_API_SECRET.');
  return [{ name: 'main', url, apiKey, apiSecret }];
}

interface CommonKey {
  readonly apiKey: string | undefined;
  readonly apiSecret: string | undefined;
}

/** `http://host:7880, http://key:secret@other:7880`: a server's own key before its host, else the common one. */
function poolIn(urls: string, common: CommonKey): LivekitConfig[] {
  const pool = urls
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => serverAt(entry, common));
  if (new Set(pool.map(({ name }) => name)).size < pool.length) throw new Error('LIVEKIT_URLS names a server twice.');
  return pool;
}

function serverAt(entry: string, common: CommonKey): LivekitConfig {
  const url = URL.parse(entry);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new Error('LIVEKIT_URLS must look like http://10.0.0.2:7880,http://10.0.0.3:7880.');
  const apiKey = decodeURIComponent(url.username) || common.apiKey;
  const apiSecret = decodeURIComponent(url.password) || common.apiSecret;
  if (apiKey === undefined || apiSecret === undefined)
    throw new Error('LIVEKIT_URLS needs LIVEKIT_API_KEY and LIVEKIT_API_SECRET, or key:secret@ before each host.');
  const address = url.origin + url.pathname.replace(/\/$/, '');
  // Keyed: without the secret no address can be tried against it.
  const name = createHmac('sha256', apiSecret).update(address).digest('hex').slice(0, NAME_LENGTH);
  return { name, url: address, apiKey, apiSecret };
}
