import { directCallRoutes } from '@dialog/shared/calls.direct';
import type { Call } from '../../platform/api.ts';
import { toRtc } from '../transport/direct/iceServers.ts';

/** TLS on a slow line, and a second try. */
const REACH_MS = 5_000;

/**
 * How the relay of our server is reached from here: by UDP as calls like it, only by TCP or TLS, or not at all. Null: there
 * is none, or it could not be asked for.
 */
export type RelayReach = 'udp' | 'detour' | 'none' | null;

/** Begins a relay and gives it back: a few packets. Where sound and pictures get through is known only by trying it. */
export async function reachRelay(call: Call, signal: AbortSignal): Promise<RelayReach> {
  try {
    const { iceServers } = await call(directCallRoutes.probeIceServers, {}, { signal });
    return iceServers.length === 0 ? null : await begin(toRtc(iceServers), signal);
  } catch {
    return null;
  }
}

async function begin(iceServers: RTCIceServer[], signal: AbortSignal): Promise<RelayReach> {
  const connection = new RTCPeerConnection({ iceServers, iceTransportPolicy: 'relay' });
  const { promise, resolve } = Promise.withResolvers<RelayReach>();
  let reach: RelayReach = 'none';
  connection.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate === null) resolve(reach);
    // Without a word in it, it says that there are no more of one kind.
    else if (candidate.candidate && isByDetour(candidate)) reach = 'detour';
    else if (candidate.candidate) resolve('udp');
  });
  const timer = setTimeout(() => resolve(reach), REACH_MS);
  signal.addEventListener('abort', () => resolve(null));
  try {
    connection.createDataChannel('probe');
    await connection.setLocalDescription();
    return await promise;
  } finally {
    clearTimeout(timer);
    connection.close();
  }
}

/**
 * Browsers say it in two places that TypeScript does not know yet (W3C's WebRTC); Chromium leaves the first one empty for
 * UDP. Where neither says anything the relay is reached, and no detour is claimed.
 */
function isByDetour({ relayProtocol, url }: Said): boolean {
  return relayProtocol ? relayProtocol !== 'udp' : url?.includes('transport=tcp') === true;
}

interface Said extends Pick<RTCIceCandidate, 'candidate'> {
  readonly relayProtocol?: string | null;
  readonly url?: string | null;
}
