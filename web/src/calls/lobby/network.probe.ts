import { callRoutes } from '@dialog/shared/calls';
import type { Call } from '../../platform/api.ts';
import type { Measured } from './network.verdict.ts';
import { reachRelay } from './relay.probe.ts';

const QUESTIONS = 6;
const ANSWER_MS = 3_000;
const CONNECT_MS = 5_000;
/** A file that takes longer than this says enough by that. */
const FILE_MS = 4_000;

/**
 * A small measurement, all of it with our own server and within this browser: questions and their answers, one file, a
 * connection of the kind that calls use from this page to itself, and the relay. Under 200 kB; stops when told to.
 */
export async function measureNetwork(call: Call, signal: AbortSignal): Promise<Measured> {
  const canConnect = connectToItself();
  const relay = reachRelay(call, signal);
  const roundTripsMs = await timeAnswers(call, signal);
  const kilobitsPerSecond = await timeFile(signal);
  return { roundTripsMs, kilobitsPerSecond, canConnect: await canConnect, relay: await relay };
}

async function timeAnswers(call: Call, signal: AbortSignal): Promise<number[]> {
  const times: number[] = [];
  for (let asked = 0; asked < QUESTIONS && !signal.aborted; asked += 1) {
    const askedAt = performance.now();
    // oxlint-disable-next-line no-await-in-loop -- each on its own, as they are timed
    const hasAnswer = await call(callRoutes.getCallStatus, {}, { signal, timeoutMs: ANSWER_MS }).then(
      () => true,
      () => false,
    );
    if (hasAnswer) times.push(performance.now() - askedAt);
  }
  // The first wakes up what sleeps on the way.
  return times.length > 1 ? times.slice(1) : times;
}

/** The largest file that this page has of us, once more and past every cache. */
async function timeFile(signal: AbortSignal): Promise<number | null> {
  const files = performance
    .getEntriesByType('resource')
    .filter((entry): entry is PerformanceResourceTiming => 'encodedBodySize' in entry)
    .filter(({ name }) => name.startsWith(`${location.origin}/assets/`));
  const largest = files.toSorted((left, right) => right.encodedBodySize - left.encodedBodySize)[0];
  if (!largest || largest.encodedBodySize === 0) return null;
  const bits = largest.encodedBodySize * 8;
  try {
    const answer = await fetch(largest.name, {
      cache: 'no-store',
      priority: 'low',
      signal: AbortSignal.any([signal, AbortSignal.timeout(FILE_MS)]),
    });
    const beganAt = performance.now();
    await answer.arrayBuffer();
    return bits / Math.max(1, performance.now() - beganAt);
  } catch (failure) {
    return failure instanceof DOMException && failure.name === 'TimeoutError' ? bits / FILE_MS : null;
  }
}

/** Extensions and administrators can forbid WebRTC; then no call gets through, however good the network is. */
async function connectToItself(): Promise<boolean> {
  if (!('RTCPeerConnection' in globalThis)) return false;
  const [here, there] = [new RTCPeerConnection(), new RTCPeerConnection()];
  try {
    here.addEventListener('icecandidate', ({ candidate }) => void there.addIceCandidate(candidate ?? undefined));
    there.addEventListener('icecandidate', ({ candidate }) => void here.addIceCandidate(candidate ?? undefined));
    const channel = here.createDataChannel('probe');
    const isOpen = new Promise<boolean>((resolve) => {
      channel.addEventListener('open', () => resolve(true));
      setTimeout(() => resolve(false), CONNECT_MS);
    });
    await here.setLocalDescription();
    await there.setRemoteDescription(here.localDescription!);
    await there.setLocalDescription();
    await here.setRemoteDescription(there.localDescription!);
    return await isOpen;
  } catch {
    return false;
  } finally {
    here.close();
    there.close();
  }
}
