import { expect, test } from 'vitest';
import type { Flow } from '../transport/media.transport.ts';
import { figuresBetween, lossOf } from './figures.ts';

function aFlow(direction: Flow['direction'], statistics: readonly Record<string, unknown>[]): Flow {
  const report = new Map(statistics.map((one, at) => [`${at}`, one]));
  return { identity: 'me', direction, source: 'camera', report };
}

function sent(packets: number, { lost = 0, repaired = 0, bytes = 0 } = {}): Flow {
  return aFlow('sent', [
    { type: 'outbound-rtp', id: 'small', packetsSent: 0, frameHeight: 180 },
    {
      type: 'outbound-rtp',
      id: 'large',
      packetsSent: packets,
      bytesSent: bytes,
      retransmittedPacketsSent: repaired,
      frameHeight: 720,
      frameWidth: 1280,
      framesPerSecond: 30,
      codecId: 'codec',
      qualityLimitationReason: 'none',
    },
    { type: 'remote-inbound-rtp', packetsLost: lost, jitter: 0.004 },
    { type: 'codec', id: 'codec', mimeType: 'video/VP8' },
    { type: 'transport', id: 'way', selectedCandidatePairId: 'pair' },
    {
      type: 'candidate-pair',
      id: 'pair',
      currentRoundTripTime: 0.05,
      localCandidateId: 'here',
      remoteCandidateId: 'there',
    },
    {
      type: 'local-candidate',
      id: 'here',
      candidateType: 'relay',
      protocol: 'udp',
      relayProtocol: 'tls',
      address: '10.0.0.1',
    },
    { type: 'remote-candidate', id: 'there', candidateType: 'host', protocol: 'udp' },
  ]);
}

function between(before: Flow, now: Flow) {
  return figuresBetween({ at: 0, flows: [before] }, { at: 2_000, flows: [now] });
}

test('between two looks it is known what flowed, and how it looked', () => {
  const figures = between(sent(1_000), sent(1_200, { lost: 24, bytes: 50_000 }));
  expect(figures).toMatchObject({ roundTripMs: 50, path: { isRelayed: true, protocol: 'tls' } });
  expect(figures.streams).toEqual([
    {
      identity: 'me',
      direction: 'sent',
      source: 'camera',
      packets: 200,
      lost: 24,
      bitsPerSecond: 200_000,
      jitterMs: 4,
      width: 1280,
      height: 720,
      framesPerSecond: 30,
      codec: 'VP8',
      limitedBy: null,
    },
  ]);
  expect(lossOf(figures.streams)).toBeCloseTo(0.12);
});

test('what was lost and sent again counts as lost', () => {
  expect(between(sent(1_000), sent(1_100, { repaired: 10 })).streams[0]?.lost).toBe(10);
  const received = (packets: number, repaired: number): Flow =>
    aFlow('received', [
      { type: 'inbound-rtp', packetsReceived: packets, packetsLost: 0, retransmittedPacketsReceived: repaired },
    ]);
  expect(lossOf(between(received(0, 0), received(100, 7)).streams)).toBeCloseTo(0.07);
});

test('a track that takes the place of another is no gap of thousands of packets', () => {
  const figures = between(sent(9_000, { lost: 500 }), sent(10));
  expect(lossOf(figures.streams)).toBeNull();
});

test('no address is among the figures', () => {
  expect(JSON.stringify(between(sent(0), sent(1)))).not.toContain('10.0.0.1');
});
