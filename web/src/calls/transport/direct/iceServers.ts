import type { IceServer } from '@dialog/shared/calls.values';
import type { Clock } from '../../../platform/clock.ts';

/** Credentials for the relay last ten minutes; those asked for a moment ago will do. */
const FRESH_MS = 60_000;

interface Servers {
  readonly iceServers: readonly IceServer[];
  readonly isRelayOnly: boolean;
}

interface Deps {
  readonly clock: Pick<Clock, 'now'>;
  readonly certificate: RTCCertificate;
  readonly ask: () => Promise<Servers>;
}

/** As browsers take them. */
export function toRtc(iceServers: readonly IceServer[]): RTCIceServer[] {
  return iceServers.map(({ urls, username, credential }) => ({
    urls: [...urls],
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  }));
}

/** How connections look for their ways. `first`: what the server said on the way in. */
export function createIceServers(first: Servers, { clock, certificate, ask }: Deps) {
  let servers = first;
  let askedAt = clock.now();

  function configuration(): RTCConfiguration {
    return {
      iceServers: toRtc(servers.iceServers),
      iceTransportPolicy: servers.isRelayOnly ? 'relay' : 'all',
      bundlePolicy: 'max-bundle',
      certificates: [certificate],
    };
  }

  return {
    configuration,
    /** The same, with credentials that last. */
    async refresh(): Promise<RTCConfiguration> {
      if (clock.now() - askedAt >= FRESH_MS) {
        askedAt = clock.now();
        try {
          servers = await ask();
        } catch {
          // Not reached: with those that there are, and asked again the next time.
          askedAt = Number.NEGATIVE_INFINITY;
        }
      }
      return configuration();
    },
  };
}
