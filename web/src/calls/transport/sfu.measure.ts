import type { Participant as LiveKitParticipant, Room } from 'livekit-client';
import type { Flow, FlowSource } from './media.transport.ts';

type LiveKit = typeof import('./livekit.ts');

/** Every track of a room that has begun to flow. */
export async function measureRoom({ Track: { Source } }: LiveKit, room: Room): Promise<Flow[]> {
  const sourceOf: Readonly<Record<string, FlowSource>> = {
    [Source.Microphone]: 'microphone',
    [Source.Camera]: 'camera',
    [Source.ScreenShare]: 'screen',
    [Source.ScreenShareAudio]: 'screenSound',
  };
  const everyone: LiveKitParticipant[] = [room.localParticipant, ...room.remoteParticipants.values()];
  const flows = everyone.flatMap((one) =>
    one.getTrackPublications().map(async ({ track, source: kind }): Promise<Flow[]> => {
      const [report, source] = [await track?.getRTCStatsReport(), sourceOf[kind]];
      const direction = one === room.localParticipant ? 'sent' : 'received';
      return report && source ? [{ identity: one.identity, direction, source, report }] : [];
    }),
  );
  return (await Promise.all(flows)).flat();
}
