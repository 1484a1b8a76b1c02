import type { RemoteTrack } from 'livekit-client';

/** Plays what arrives, apart from what is on screen. */
export function createSfuSounds() {
  const elements = new Set<HTMLMediaElement>();
  let isHearing = true;

  return {
    play(track: RemoteTrack): void {
      const element = track.attach();
      element.muted = !isHearing;
      elements.add(element);
      document.body.append(element);
    },
    /** Also of one that is shown, and has none. */
    stop(track: RemoteTrack): void {
      for (const element of track.detach()) if (elements.delete(element)) element.remove();
    },
    hear(isWanted: boolean): void {
      isHearing = isWanted;
      for (const element of elements) element.muted = !isWanted;
    },
    end(): void {
      for (const element of elements) element.remove();
      elements.clear();
    },
  };
}
