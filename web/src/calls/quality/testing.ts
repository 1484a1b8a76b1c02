import type { Figures, StreamFigures } from './figures.ts';

export function aStream(more: Partial<StreamFigures> = {}): StreamFigures {
  return {
    identity: 'me',
    direction: 'sent',
    source: 'microphone',
    packets: 100,
    lost: 0,
    bitsPerSecond: 40_000,
    jitterMs: 3,
    width: null,
    height: null,
    framesPerSecond: null,
    codec: 'opus',
    limitedBy: null,
    ...more,
  };
}

export function figuresOf(streams: readonly StreamFigures[], more: Partial<Figures> = {}): Figures {
  return { since: 0, at: 0, roundTripMs: 20, path: null, roomBps: null, streams, ...more };
}
