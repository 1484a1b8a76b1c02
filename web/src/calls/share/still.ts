/** A picture that does not change, as a track. */
export interface Still {
  readonly track: MediaStreamTrack;
  readonly stop: () => void;
}

export type HoldStill = (video: MediaStreamTrack) => Promise<Still>;

/** It is sent again and again, for those who come while it stands. */
const AGAIN_EVERY_MS = 250;

/** Chromium's; it works in hidden tabs as well, where a canvas gives no frames. */
interface TrackGenerator extends MediaStreamTrack {
  readonly writable: WritableStream<VideoFrame>;
}
declare const MediaStreamTrackGenerator: undefined | (new (init: { kind: 'video' }) => TrackGenerator);

/** What a track shows at this moment, at full size. */
export async function holdStill(video: MediaStreamTrack): Promise<Still> {
  const canvas = await pictureOf(video);
  const still = 'MediaStreamTrackGenerator' in window ? generate(canvas) : draw(canvas);
  still.track.contentHint = video.contentHint;
  return still;
}

async function pictureOf(track: MediaStreamTrack): Promise<HTMLCanvasElement> {
  const element = document.createElement('video');
  element.muted = true;
  element.playsInline = true;
  element.srcObject = new MediaStream([track]);
  await element.play();
  const canvas = document.createElement('canvas');
  canvas.width = element.videoWidth;
  canvas.height = element.videoHeight;
  canvas.getContext('2d')?.drawImage(element, 0, 0);
  element.srcObject = null;
  return canvas;
}

function generate(canvas: HTMLCanvasElement): Still {
  if (!MediaStreamTrackGenerator) return draw(canvas);
  const track = new MediaStreamTrackGenerator({ kind: 'video' });
  const writer = track.writable.getWriter();
  const write = (): void => {
    const frame = new VideoFrame(canvas, { timestamp: performance.now() * 1_000 });
    writer.write(frame).catch(() => frame.close()); // Stopped meanwhile.
  };
  write();
  return stillOf(track, write);
}

function draw(canvas: HTMLCanvasElement): Still {
  const [track] = canvas.captureStream().getVideoTracks();
  if (!track) throw new Error('a canvas without a track');
  const context = canvas.getContext('2d');
  return stillOf(track, () => context?.drawImage(canvas, 0, 0));
}

function stillOf(track: MediaStreamTrack, again: () => void): Still {
  const timer = setInterval(again, AGAIN_EVERY_MS);
  return {
    track,
    stop() {
      clearInterval(timer);
      track.stop();
    },
  };
}
