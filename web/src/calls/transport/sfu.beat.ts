import type { Room } from 'livekit-client';

/**
 * livekit-client has no word for "are you there" that we could await. Its signal client sends pings and writes down the
 * round trip at each answer: so we ask more often than it does, and watch it write.
 */
export function createBeat(room: Room, heard: () => void): () => void {
  const watched = new WeakSet();
  return () => {
    const { client } = room.engine;
    if (!watched.has(client)) {
      watched.add(client);
      let rtt = client.rtt;
      Object.defineProperty(client, 'rtt', {
        get: () => rtt,
        set(measured: number) {
          rtt = measured;
          heard();
        },
      });
    }
    client.sendPing().catch(() => {}); // Not connected just now: the silence says so.
  };
}

/** Whether anything of the others has come since it was asked last. */
export function createFlow(room: Room): () => boolean {
  const arrivedAt = new WeakMap<RTCRtpReceiver, number>();
  const hasNews = (receiver: RTCRtpReceiver): boolean => {
    const at = Math.max(0, ...receiver.getSynchronizationSources().map(({ timestamp }) => timestamp));
    const before = arrivedAt.get(receiver);
    arrivedAt.set(receiver, at);
    return before !== undefined && at > before;
  };
  return () =>
    [...room.remoteParticipants.values()].some((one) =>
      [...one.trackPublications.values()].some(({ track }) => track?.receiver && hasNews(track.receiver)),
    );
}
