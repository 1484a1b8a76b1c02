/** By what a player is heard or no longer. */
const CHANGES = ['volumechange', 'play', 'pause'] as const;

/**
 * All that one hears of the others, as one track: nobody who is silent here, being blocked or in a call on hold. Follows
 * who comes and goes. The players stand in the page's body.
 */
export function mixOthers(): { readonly track: MediaStreamTrack | undefined; stop(): void } {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  const sources = new Map<MediaStream, MediaStreamAudioSourceNode>();
  const over = new AbortController();

  function follow(): void {
    const heard = new Set([...document.querySelectorAll<HTMLAudioElement>('body > audio')].flatMap(heardOf));
    for (const [stream, source] of sources)
      if (!heard.has(stream)) {
        source.disconnect();
        sources.delete(stream);
      }
    for (const stream of heard) {
      if (sources.has(stream)) continue;
      const source = context.createMediaStreamSource(stream);
      source.connect(out);
      sources.set(stream, source);
    }
  }

  const observer = new MutationObserver(follow);
  observer.observe(document.body, { childList: true });
  // They do not bubble.
  for (const change of CHANGES) document.addEventListener(change, follow, { capture: true, signal: over.signal });
  follow();
  return {
    track: out.stream.getAudioTracks()[0],
    stop() {
      observer.disconnect();
      over.abort();
      void context.close();
    },
  };
}

function heardOf({ srcObject, muted, volume, paused }: HTMLAudioElement): readonly MediaStream[] {
  if (muted || paused || volume === 0) return [];
  return srcObject instanceof MediaStream && srcObject.getAudioTracks().length > 0 ? [srcObject] : [];
}
