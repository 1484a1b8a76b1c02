import type { LocalMediaState } from '../devices/local.media.ts';
import type { Outgoing, ScreenTracks } from '../transport/media.transport.ts';

const SILENCE: Outgoing = { microphone: null, isMuted: true, camera: null, screen: null };

interface Standing {
  /** On hold nothing leaves this device. */
  readonly isHeld: boolean;
  readonly screen: ScreenTracks | null;
}

/** What a call is to send, as it is wished for now. */
export function outgoingOf({ microphone, camera }: LocalMediaState, { isHeld, screen }: Standing): Outgoing {
  if (isHeld) return SILENCE;
  return { microphone: microphone.track, isMuted: !microphone.isWanted, camera: camera.track, screen };
}
