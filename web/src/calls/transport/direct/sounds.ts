/** Plays sounds, apart from what is on screen. */
export function createSounds({ blocked }: { readonly blocked: (isBlocked: boolean) => void }) {
  const elements = new Map<MediaStreamTrack, HTMLAudioElement>();
  let isHearing = true;
  let speaker: string | undefined;

  function start(element: HTMLAudioElement): void {
    element.play().then(
      () => blocked(false),
      (failure: unknown) => {
        // Taken off again while it began is no ban.
        if (failure instanceof Error && failure.name === 'NotAllowedError') blocked(true);
      },
    );
  }

  function add(track: MediaStreamTrack): void {
    const element = document.createElement('audio');
    element.hidden = true;
    element.srcObject = new MediaStream([track]);
    element.muted = !isHearing;
    elements.set(track, element);
    document.body.append(element);
    if (speaker !== undefined) route(element, speaker);
    start(element);
  }

  return {
    /** These and no others. */
    play(tracks: readonly MediaStreamTrack[]): void {
      for (const [track, element] of elements)
        if (!tracks.includes(track)) {
          element.srcObject = null;
          element.remove();
          elements.delete(track);
        }
      for (const track of tracks) if (!elements.has(track)) add(track);
    },
    hear(isWanted: boolean): void {
      isHearing = isWanted;
      for (const element of elements.values()) element.muted = !isWanted;
    },
    /** From 0 to 1; of a track that plays. */
    setVolume(track: MediaStreamTrack, volume: number): void {
      const element = elements.get(track);
      if (element) element.volume = volume;
    },
    useSpeaker(deviceId: string): void {
      speaker = deviceId;
      for (const element of elements.values()) route(element, deviceId);
    },
    /** Within a press. */
    unblock(): void {
      for (const element of elements.values()) start(element);
    },
  };
}

/** Gone again, or a browser without a choice: the default plays on. */
function route(element: HTMLAudioElement, deviceId: string): void {
  if (typeof element.setSinkId === 'function') element.setSinkId(deviceId).catch(() => {});
}
