import { afterEach, expect, test, vi } from 'vitest';
import type { Call } from '../../platform/api.ts';
import { reachRelay } from './relay.probe.ts';

afterEach(() => void vi.unstubAllGlobals());

type Candidate = { readonly relayProtocol?: string | null; readonly url?: string; readonly candidate: string } | null;

/** A browser that finds these ways, and no more where the list ends with null. */
function browser(found: readonly Candidate[]) {
  const closed: boolean[] = [];
  class Connection {
    hear = (_: { candidate: Candidate }): void => {};
    addEventListener(_: 'icecandidate', hear: Connection['hear']): void {
      this.hear = hear;
    }
    createDataChannel(): void {}
    async setLocalDescription(): Promise<void> {
      for (const candidate of found) this.hear({ candidate });
    }
    close(): void {
      closed.push(true);
    }
  }
  vi.stubGlobal('RTCPeerConnection', Connection);
  return closed;
}

const aRelay = (async () => ({ iceServers: [{ urls: ['turn:relay'] }] })) as unknown as Call;
const candidate = 'candidate:1';
const tls = { relayProtocol: 'tls', url: 'turns:relay?transport=tcp', candidate };
const inChromium = { relayProtocol: null, candidate };

test.each([
  ['by UDP', [tls, { relayProtocol: 'udp', candidate }], 'udp'],
  ['by UDP in Chromium', [tls, { ...inChromium, url: 'turn:relay?transport=udp' }], 'udp'],
  ['in a way that the browser keeps for itself', [{ candidate }], 'udp'],
  ['by TLS alone', [tls, { candidate: '' }, null], 'detour'],
  ['by TCP alone in Firefox', [{ relayProtocol: 'tcp', candidate }, null], 'detour'],
  ['by TCP alone in Chromium', [{ ...inChromium, url: 'turn:relay?transport=tcp' }, null], 'detour'],
  ['by nothing', [null], 'none'],
] as const)('a relay that is reached %s is told so, and given back', async (_, found, reach) => {
  const closed = browser(found);
  expect(await reachRelay(aRelay, new AbortController().signal)).toBe(reach);
  expect(closed).toEqual([true]);
});

test('where there is no relay, or nobody to ask for it, nothing is said of it', async () => {
  browser([null]);
  const { signal } = new AbortController();
  expect(await reachRelay((async () => ({ iceServers: [] })) as unknown as Call, signal)).toBeNull();
  expect(await reachRelay(() => Promise.reject(new Error('limit-reached')), signal)).toBeNull();
});

test('a look that is called off ends at once', async () => {
  const closed = browser([]);
  const ending = new AbortController();
  const looking = reachRelay(aRelay, ending.signal);
  await Promise.resolve();
  ending.abort();
  expect(await looking).toBeNull();
  expect(closed).toEqual([true]);
});
