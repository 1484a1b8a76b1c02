import type { VideoHandle } from './media.transport.ts';

const handles = new WeakMap<MediaStreamTrack, VideoHandle>();

/** One's own picture, straight from the device to the screen. The same handle for the same track. */
export function handleOfTrack(track: MediaStreamTrack): VideoHandle {
  const known = handles.get(track);
  if (known) return known;
  const stream = new MediaStream([track]);
  const handle: VideoHandle = {
    id: track.id,
    attach(element) {
      element.srcObject = stream;
    },
    detach(element) {
      element.srcObject = null;
    },
  };
  handles.set(track, handle);
  return handle;
}
