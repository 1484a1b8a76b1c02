import type { TrackPublication } from 'livekit-client';
import type { VideoHandle } from './media.transport.ts';

const handles = new WeakMap<object, VideoHandle>();

/** The same handle for the same track, so that a picture on screen is not taken off and put on again. */
export function handleOf(publication: TrackPublication | undefined): VideoHandle | null {
  const track = publication?.videoTrack;
  if (!track || publication.isMuted) return null;
  const known = handles.get(track);
  if (known) return known;
  const handle: VideoHandle = {
    id: publication.trackSid,
    attach: (element) => void track.attach(element),
    detach: (element) => void track.detach(element),
  };
  handles.set(track, handle);
  return handle;
}
