const SAMPLES = 1_024;

/** Looks at what a track sounds like, again and again, without playing it. Answers how to stop. */
export function listenTo(
  track: MediaStreamTrack,
  everyMs: number,
  hear: (sound: { readonly loudness: number; readonly peak: number }) => void,
): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = SAMPLES;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(SAMPLES);
  const timer = setInterval(() => {
    // What a browser holds back is silent, and says nothing about the microphone.
    if (context.state !== 'running') return;
    analyser.getFloatTimeDomainData(samples);
    let power = 0;
    let peak = 0;
    for (const sample of samples) {
      power += sample * sample;
      peak = Math.max(peak, Math.abs(sample));
    }
    hear({ loudness: Math.sqrt(power / SAMPLES), peak });
  }, everyMs);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
