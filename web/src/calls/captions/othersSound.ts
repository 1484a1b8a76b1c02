/** All that is heard of the others, as one track; follows who comes and goes. The players stand in the page's body. */
export function mixOthers(): { readonly track: MediaStreamTrack | undefined; stop(): void } {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  const sources = new Map<HTMLAudioElement, MediaStreamAudioSourceNode>();

  function follow(): void {
    const players = [...document.querySelectorAll<HTMLAudioElement>('body > audio')];
    for (const [player, source] of sources)
      if (!players.includes(player)) {
        source.disconnect();
        sources.delete(player);
      }
    for (const player of players) {
      const { srcObject } = player;
      if (sources.has(player) || !(srcObject instanceof MediaStream) || srcObject.getAudioTracks().length === 0)
        continue;
      const source = context.createMediaStreamSource(srcObject);
      source.connect(out);
      sources.set(player, source);
    }
  }

  const observer = new MutationObserver(follow);
  observer.observe(document.body, { childList: true });
  follow();
  return {
    track: out.stream.getAudioTracks()[0],
    stop() {
      observer.disconnect();
      void context.close();
    },
  };
}
