import type { TrackPublication } from 'livekit-client';
import type { VideoHandle } from './media.transport.ts';
import { inOwnWindow } from './sfu.windows.ts';

const handles = new WeakMap<object, VideoHandle>();

/** The same handle for the same track, so that a picture on screen is not taken off and put on again. */
export function handleOf(publication: TrackPublication | undefined): VideoHandle | null {
  const track = publication?.videoTrack;
  if (!track || publication.isMuted) return null;
  const known = handles.get(track);
  if (known) return known;
  const handle: VideoHandle = {
    id: publication.trackSid,
    attach(element) {
      if (element.ownerDocument !== document && 'observeElementInfo' in track)
        track.observeElementInfo(inOwnWindow(element));
      track.attach(element);
    },
    detach: (element) => void track.detach(element),
  };
  handles.set(track, handle);
  return handle;
}
