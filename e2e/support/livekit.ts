import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, freeUdpPort } from './children.ts';
import { programPath } from './programs.ts';
import { type OwnService, ownService } from './services.ts';

const LOOPBACK = '127.0.0.1';
const KEY = 'e2e';
const SECRET = 'a secret of thirty-two characters or more';

/** A real LiveKit on the loopback that can be killed and started again at the same address. */
export interface OwnLivekit extends OwnService {
  /** What a Dialog server needs to know of it. */
  readonly env: Readonly<Record<string, string>>;
  /** Where media arrive on 127.0.0.1. */
  readonly udpPort: number;
}

/** What a Dialog server needs to know of several. */
export function poolOf(livekits: readonly OwnLivekit[]): Readonly<Record<string, string>> {
  const [first] = livekits;
  return livekits.length < 2
    ? (first?.env ?? {})
    : { ...first?.env, LIVEKIT_URLS: livekits.map(({ url }) => url).join(',') };
}

interface LivekitOptions {
  /** Where the Dialog server listens to what it tells. */
  readonly webhookPort: number;
  /** Where browsers are told to send media, if a proxy (udpProxy.ts) stands in between; only UDP then. */
  readonly mediaHost?: string | undefined;
}

export async function ownLivekit({ webhookPort, mediaHost = LOOPBACK }: LivekitOptions): Promise<OwnLivekit> {
  const program = await programPath('livekit');
  const [port, tcpPort, udpPort] = await Promise.all([freePort(), freePort(), freeUdpPort()]);
  const settings = join(tmpdir(), `dialog-livekit-${port}.json`);
  await writeFile(
    settings,
    JSON.stringify({
      port,
      bind_addresses: ['127.0.0.1'],
      keys: { [KEY]: SECRET },
      room: { auto_create: false, empty_timeout: 60, departure_timeout: 20 },
      rtc: {
        tcp_port: tcpPort,
        udp_port: udpPort,
        node_ip: mediaHost,
        use_external_ip: false,
        // Else it looks for ways to the browsers by itself, and finds one past the proxy.
        use_ice_lite: mediaHost !== LOOPBACK,
        enable_loopback_candidate: true,
        ips: { includes: ['127.0.0.1/32'] },
      },
      webhook: { api_key: KEY, urls: [`http://127.0.0.1:${webhookPort}/livekit/webhook`] },
      logging: { level: 'error' },
    }),
    { mode: 0o600 },
  );
  const url = `http://127.0.0.1:${port}`;
  const service = ownService({
    url,
    command: [program, '--config', settings],
    answers: async () => {
      const answer = await fetch(url, { signal: AbortSignal.timeout(1_000) });
      if (!answer.ok) throw new Error(`${answer.status}`);
    },
  });
  return { ...service, udpPort, env: { LIVEKIT_URL: url, LIVEKIT_API_KEY: KEY, LIVEKIT_API_SECRET: SECRET } };
}
