import type { RemoteTrackPublication, Room } from 'livekit-client';
import type { CameraLimit, Limits } from './media.transport.ts';
import { createRefusing } from './sfu.refusing.ts';

type LiveKit = typeof import('./livekit.ts');

/** A small picture: enough to see who it is. */
const SMALL_BPS = 120_000;

/** Brings a room's cameras to what the link has room for. Said again at each change of the room. */
export function createSfuLimits(livekit: LiveKit, room: Room) {
  const { Track, VideoQuality } = livekit;
  let wanted: Limits = { sent: 'full', received: 'full' };
  const take = createRefusing();
  /** What the senders were told before they were limited. */
  const before = new WeakMap<RTCRtpSender, readonly RTCRtpEncodingParameters[]>();

  function cameras(): RemoteTrackPublication[] {
    return [...room.remoteParticipants.values()].flatMap((one) => one.getTrackPublication(Track.Source.Camera) ?? []);
  }

  function receive(publication: RemoteTrackPublication, limit: CameraLimit): void {
    take(publication, limit !== 'none');
    const quality = limit === 'small' ? VideoQuality.LOW : VideoQuality.HIGH;
    if (publication.isDesired && publication.videoQuality !== quality) publication.setVideoQuality(quality);
  }

  async function send(sender: RTCRtpSender, limit: CameraLimit): Promise<void> {
    const original = before.get(sender);
    if ((limit === 'full') === (original === undefined)) return;
    const parameters = sender.getParameters();
    if (original) before.delete(sender);
    else before.set(sender, parameters.encodings.map(asBefore));
    parameters.encodings = parameters.encodings.map((one, at) => {
      if (original) return { ...one, ...original[at] };
      // The smallest of the simulcast's layers comes first.
      return at === 0 ? { ...one, maxBitrate: SMALL_BPS } : { ...one, active: false };
    });
    await sender.setParameters(parameters);
  }

  function apply(): void {
    for (const publication of cameras()) receive(publication, wanted.received);
    const sender = room.localParticipant.getTrackPublication(Track.Source.Camera)?.track?.sender;
    // Off altogether is the sender's part (sfu.sender.ts): a camera that is off is seen to be off.
    if (sender) send(sender, wanted.sent).catch(() => {}); // Parameters changed meanwhile: the next look does it.
  }

  return {
    want(limits: Limits): void {
      wanted = limits;
      apply();
    },
    again: apply,
    /** Whether one's own camera has to wait for a better link. */
    isCameraHeld: () => wanted.sent === 'none',
  };
}

function asBefore({ active, maxBitrate }: RTCRtpEncodingParameters): RTCRtpEncodingParameters {
  return { ...(active === undefined ? {} : { active }), ...(maxBitrate === undefined ? {} : { maxBitrate }) };
}
