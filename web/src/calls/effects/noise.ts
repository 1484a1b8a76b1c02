import { loadRnnoise, RnnoiseWorkletNode } from '@sapphi-red/web-noise-suppressor';
import wasmUrl from '@sapphi-red/web-noise-suppressor/rnnoise.wasm?url';
import fastWasmUrl from '@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm?url';
// oxlint-disable-next-line import/default -- Vite answers the address of the file
import workletUrl from '@sapphi-red/web-noise-suppressor/rnnoiseWorklet.js?url';
import type { Effect } from './effect.ts';

/** RNNoise knows no other. */
const SAMPLE_RATE = 48_000;
/** A browser that starts no sound without a press would give silence instead of a voice. */
const START_MS = 5_000;

/** A voice without what hums and rattles around it, by RNNoise beside the page; 20 ms later. */
export async function reduceNoise(raw: MediaStreamTrack, lost: () => void): Promise<Effect> {
  const context = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 'interactive' });
  try {
    const [wasmBinary] = await Promise.all([
      loadRnnoise({ url: wasmUrl, simdUrl: fastWasmUrl }),
      context.audioWorklet.addModule(workletUrl),
      untilRunning(context),
    ]);
    const node = new RnnoiseWorkletNode(context, { wasmBinary, maxChannels: 1 });
    node.channelCount = 1;
    node.channelCountMode = 'explicit';
    const out = context.createMediaStreamDestination();
    out.channelCount = 1;
    context
      .createMediaStreamSource(new MediaStream([raw]))
      .connect(node)
      .connect(out);
    const [track] = out.stream.getAudioTracks();
    if (!track) throw new Error('no sound comes out');
    node.addEventListener('processorerror', lost);
    // A phone call takes the sound away; afterwards it is asked for again.
    context.addEventListener('statechange', () => {
      if (context.state !== 'closed' && context.state !== 'running') context.resume().catch(lost);
    });
    return {
      track,
      stop() {
        node.destroy();
        track.stop();
        void context.close();
      },
    };
  } catch (failure) {
    void context.close();
    throw failure;
  }
}

function untilRunning(context: AudioContext): Promise<void> {
  const tooLate = new Promise<never>((_resolve, reject) =>
    setTimeout(() => reject(new Error('the browser starts no sound')), START_MS),
  );
  return Promise.race([context.resume(), tooLate]);
}
