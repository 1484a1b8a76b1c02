import type { MediaServer } from '../platform/livekit/livekit.ts';

/** One that is there, and does and knows nothing unless told to. */
export function aMediaServer(parts: Partial<MediaServer> = {}): MediaServer {
  return {
    name: 'main',
    url: new URL('http://media.invalid'),
    status: () => 'ready',
    awayForMs: () => 0,
    onStatus() {},
    start: async () => undefined,
    stop() {},
    createRoom: async () => undefined,
    deleteRoom: async () => undefined,
    roomNames: async () => [],
    load: async () => 0,
    participants: async () => null,
    removeParticipant: async () => undefined,
    mute: async () => undefined,
    mintToken: async () => 'token',
    verifyToken: async () => null,
    readWebhook: async () => null,
    ...parts,
  };
}
