/** Two notes, the second higher: easy to tell from a click, and the same on every device. */
const NOTES_HZ = [523.25, 783.99] as const;
const NOTE_S = 0.45;
const LOUDNESS = 0.3;
/** Up and down softly; a tone cut off clicks. */
const EDGE_S = 0.03;
export const TONE_MS = NOTES_HZ.length * NOTE_S * 1_000;

/** Plays the tone at a speaker (the system's own if none is named), as calls play voices. Answers how to stop it. */
export function playTestTone(speakerId: string | undefined): () => void {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  const startAt = context.currentTime + EDGE_S;
  for (const [index, frequency] of NOTES_HZ.entries()) {
    const tone = new OscillatorNode(context, { frequency });
    const volume = new GainNode(context, { gain: 0 });
    const from = startAt + index * NOTE_S;
    const to = from + NOTE_S - EDGE_S;
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(LOUDNESS, from + EDGE_S);
    volume.gain.setValueAtTime(LOUDNESS, to - EDGE_S);
    volume.gain.linearRampToValueAtTime(0, to);
    tone.connect(volume).connect(out);
    tone.start(from);
    tone.stop(to);
  }
  const player = new Audio();
  player.hidden = true;
  player.srcObject = out.stream;
  document.body.append(player);
  void playAt(player, speakerId);
  return () => {
    player.remove();
    player.srcObject = null;
    void context.close();
  };
}

/** Not every browser lets a page choose; there the system does. */
async function playAt(player: HTMLAudioElement, speakerId: string | undefined): Promise<void> {
  if (speakerId !== undefined && 'setSinkId' in player) await player.setSinkId(speakerId).catch(() => {});
  await player.play().catch(() => {}); // Taken away before it began.
}
