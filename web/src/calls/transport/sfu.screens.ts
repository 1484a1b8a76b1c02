import type { RemoteTrack } from 'livekit-client';

type LiveKit = typeof import('./livekit.ts');

/**
 * A shared screen goes on flowing while nobody looks at it (a hidden tab, another chat), so that whoever looks again has
 * it at once and sharp: an encoder that was stopped begins anew, which takes seconds. For a text that stands still it is
 * next to nothing, and of a moving picture the small layer is enough.
 */
export function keepFlowing(livekit: LiveKit, track: RemoteTrack): void {
  if (!(track instanceof livekit.RemoteVideoTrack) || track.source !== livekit.Track.Source.ScreenShare) return;
  track.observeElementInfo({
    element: track,
    width: () => 0,
    height: () => 0,
    visible: true,
    // What LiveKit goes on sending to a tab in the background.
    pictureInPicture: true,
    visibilityChangedAt: 0,
    observe() {},
    stopObserving() {},
  });
}
