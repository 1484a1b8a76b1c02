import type { FromPainter } from './background.worker.ts';

/** How a camera's frames get to the worker and back. */
interface FrameWay {
  /** What leaves. */
  readonly track: MediaStreamTrack;
  /** Goes to the worker with its first message. */
  readonly streams: FrameStreams | null;
  stop(): void;
}

export interface FrameStreams {
  readonly frames: ReadableStream<VideoFrame>;
  readonly painted: WritableStream<VideoFrame>;
}

/** Of Chromium's kin; no library of types has it as yet. */
interface Streaming {
  readonly MediaStreamTrackProcessor: new (of: { track: MediaStreamTrack }) => {
    readonly readable: FrameStreams['frames'];
  };
  readonly MediaStreamTrackGenerator: new (of: {
    kind: 'video';
  }) => MediaStreamTrack & { readonly writable: FrameStreams['painted'] };
}

/** Smoother than this no painted picture needs to be. */
const FRAMES_PER_SECOND = 30;
/** Hidden pages show no video, and are told of none. */
const LOOK_AGAIN_MS = 100;

/** A copy of the track is taken, so that letting go of it does not stop the camera for others. */
export function frameWayOf(raw: MediaStreamTrack, worker: Worker): FrameWay {
  const source = raw.clone();
  const scope: object = globalThis;
  try {
    return isStreaming(scope) ? streamWay(source, scope) : canvasWay(source, worker);
  } catch (failure) {
    // Otherwise the camera's light would stay on.
    source.stop();
    throw failure;
  }
}

function isStreaming(scope: object): scope is Streaming {
  return 'MediaStreamTrackProcessor' in scope && 'MediaStreamTrackGenerator' in scope;
}

/** Frames go to the worker and come back without the page touching them. */
function streamWay(source: MediaStreamTrack, streaming: Streaming): FrameWay {
  const { readable } = new streaming.MediaStreamTrackProcessor({ track: source });
  const track = new streaming.MediaStreamTrackGenerator({ kind: 'video' });
  return {
    track,
    streams: { frames: readable, painted: track.writable },
    stop() {
      track.stop();
      source.stop();
    },
  };
}

/** Firefox and Safari: the page takes each frame from a video and puts what comes back onto a canvas, one at a time. */
function canvasWay(source: MediaStreamTrack, worker: Worker): FrameWay {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([source]);
  const canvas = document.createElement('canvas');
  const surface = canvas.getContext('bitmaprenderer');
  const [track] = canvas.captureStream(FRAMES_PER_SECOND).getVideoTracks();
  if (!track) throw new Error('the canvas gives no picture');
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function next(): void {
    if (isStopped) return;
    let isTaken = false;
    const takeOnce = (): void => {
      if (isTaken || isStopped) return;
      isTaken = true;
      clearTimeout(timer);
      take().catch(next); // One frame that is not to be had is not the last one.
    };
    video.requestVideoFrameCallback(takeOnce);
    timer = setTimeout(takeOnce, LOOK_AGAIN_MS);
  }

  async function take(): Promise<void> {
    if (video.videoWidth === 0) return next();
    const frame = await createImageBitmap(video);
    if (!isStopped) worker.postMessage({ kind: 'frame', frame }, [frame]);
  }

  worker.addEventListener('message', ({ data }: MessageEvent<FromPainter>) => {
    if (!data.frame) return;
    canvas.width = data.frame.width;
    canvas.height = data.frame.height;
    surface?.transferFromImageBitmap(data.frame);
    next();
  });
  void video.play().then(next);
  return {
    track,
    streams: null,
    stop() {
      isStopped = true;
      clearTimeout(timer);
      video.srcObject = null;
      track.stop();
      source.stop();
    },
  };
}
