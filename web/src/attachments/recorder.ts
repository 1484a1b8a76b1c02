import { createStore, type StoreApi } from 'zustand/vanilla';
import { waveformOf } from './waveform.ts';

/** A finished recording. */
export interface Recording {
  readonly blob: Blob;
  readonly durationMs: number;
  readonly waveform: readonly number[];
}

export type RecorderState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'starting' }
  /** `levels`: loudness from 0 to 1, the last moments of it. */
  | { readonly kind: 'recording'; readonly lastedMs: number; readonly levels: readonly number[] }
  | { readonly kind: 'finishing' }
  | { readonly kind: 'recorded'; readonly recording: Recording }
  | { readonly kind: 'failed'; readonly problem: 'blocked' | 'missing' };

export interface Recorder {
  readonly store: StoreApi<RecorderState>;
  start(): Promise<void>;
  /** Ends it, to be heard before it is sent. Shorter than a moment it was a slip and is thrown away. */
  finish(): void;
  /** Throws away whatever there is. The microphone's light goes off. */
  cancel(): void;
}

/**
 * AAC in MP4 first, where it can be made: everything plays it, Safari of the last years included, which does not play
 * Opus in WebM. Chrome without the codec and Firefox make Opus.
 */
const TYPES = ['audio/mp4;codecs=mp4a.40.2', 'audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'];
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
/** Speech is clear at this; an hour of it is 14 MB. */
const BITS_PER_SECOND = 32_000;
const LOOK_EVERY_MS = 50;
const LEVELS_SHOWN = 64;
const SHORTEST_MS = 500;
const LONGEST_MS = 3_600_000;
/** Speech is rarely louder than a quarter of full scale. */
const LOUD = 0.25;

/** How many voice notes of this page are being recorded, or were and are not sent: they are nowhere else yet. */
export const recordings = createStore<number>(() => 0);

/** Records from the microphone, one voice note at a time. */
export function createRecorder(): Recorder {
  const store = createStore<RecorderState>(() => ({ kind: 'idle' }));
  let stop: ((isWanted: boolean) => void) | undefined;
  let turn = 0;

  store.subscribe((now, before) => {
    const change = Number(holdsSound(now)) - Number(holdsSound(before));
    if (change !== 0) recordings.setState((count) => count + change, true);
  });
  return { store, start, finish: () => stop?.(true), cancel };

  async function start(): Promise<void> {
    cancel();
    const mine = (turn += 1);
    store.setState({ kind: 'starting' }, true);
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: SOUND });
      if (mine === turn) record(stream);
      else stream.getTracks().forEach((track) => track.stop());
    } catch (failure) {
      const isBlocked = failure instanceof DOMException && failure.name === 'NotAllowedError';
      if (mine === turn) store.setState({ kind: 'failed', problem: isBlocked ? 'blocked' : 'missing' }, true);
    }
  }

  function cancel(): void {
    turn += 1;
    stop?.(false);
    store.setState({ kind: 'idle' }, true);
  }

  function record(stream: MediaStream): void {
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    const recorder = new MediaRecorder(stream, {
      ...(mimeType ? { mimeType } : {}),
      audioBitsPerSecond: BITS_PER_SECOND,
    });
    const pieces: Blob[] = [];
    const heard: number[] = [];
    const startedAt = performance.now();
    const meter = openMeter(stream);
    const timer = setInterval(() => {
      heard.push(meter.level());
      const levels = heard.slice(-LEVELS_SHOWN).map((level) => Math.min(1, level / LOUD));
      const lastedMs = performance.now() - startedAt;
      store.setState({ kind: 'recording', lastedMs, levels }, true);
      if (lastedMs > LONGEST_MS) stop?.(true);
    }, LOOK_EVERY_MS);
    store.setState({ kind: 'recording', lastedMs: 0, levels: [] }, true);

    recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
    recorder.start();
    const mine = turn;
    stop = (isWanted) => {
      stop = undefined;
      clearInterval(timer);
      meter.close();
      const lasted = performance.now() - startedAt;
      if (!isWanted || lasted < SHORTEST_MS) {
        recorder.stop();
        release(stream);
        store.setState({ kind: 'idle' }, true);
        return;
      }
      store.setState({ kind: 'finishing' }, true);
      recorder.addEventListener(
        'stop',
        () => void finished(new Blob(pieces, { type: recorder.mimeType }), { lasted, heard, mine }),
      );
      recorder.stop();
      release(stream);
    };
  }

  async function finished(
    blob: Blob,
    { lasted, heard, mine }: { readonly lasted: number; readonly heard: readonly number[]; readonly mine: number },
  ): Promise<void> {
    const facts = await factsOf(blob).catch(() => ({ durationMs: Math.round(lasted), waveform: waveformOf(heard) }));
    if (mine !== turn) return;
    store.setState({ kind: 'recorded', recording: { blob, ...facts } }, true);
  }
}

function holdsSound({ kind }: RecorderState): boolean {
  return kind !== 'idle' && kind !== 'failed';
}

function release(stream: MediaStream): void {
  stream.getTracks().forEach((track) => track.stop());
}

/** From what was recorded; where the browser cannot read what it wrote, the live level has to do. */
async function factsOf(blob: Blob): Promise<Omit<Recording, 'blob'>> {
  const context = new OfflineAudioContext(1, 1, 16_000);
  const sound = await context.decodeAudioData(await blob.arrayBuffer());
  return { durationMs: Math.max(1, Math.round(sound.duration * 1_000)), waveform: waveformOf(sound.getChannelData(0)) };
}

function openMeter(stream: MediaStream): { level(): number; close(): void } {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1_024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    level() {
      analyser.getFloatTimeDomainData(samples);
      return Math.sqrt(samples.reduce((power, sample) => power + sample * sample, 0) / samples.length);
    },
    close: () => void context.close(),
  };
}
