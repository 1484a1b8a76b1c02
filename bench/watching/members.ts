import {
  AudioFrame,
  AudioSource,
  dispose,
  LocalAudioTrack,
  LocalVideoTrack,
  Room,
  TrackPublishOptions,
  TrackSource,
  VideoBufferType,
  VideoCodec,
  VideoFrame,
  VideoSource,
} from '@livekit/rtc-node';

/** One way into a room, and what its member brings. */
export interface Place {
  readonly url: string;
  readonly token: string;
  readonly hasCamera: boolean;
}

const RATE = 16_000;
const FRAME_MS = 100;
const HZ = 300;
const LOUDNESS = 0.4;
/** Everyone speaks in turn, with pauses in which nobody does. */
const TURN_MS = 2_000;
const SPEAKS_MS = 1_500;

/** Little to encode: 26 people share two cores with the browser that is measured. */
const CAMERA = { width: 320, height: 180, framesPerSecond: 10, bitsPerSecond: 100_000 } as const;
const PICTURES = 20;

const rooms: Room[] = [];
const voices: AudioSource[] = [];
const cameras: VideoSource[] = [];

async function come({ url, token, hasCamera }: Place): Promise<void> {
  const room = new Room();
  await room.connect(url, token, { autoSubscribe: false, dynacast: false });
  rooms.push(room);
  const voice = new AudioSource(RATE, 1);
  await room.localParticipant?.publishTrack(
    LocalAudioTrack.createAudioTrack('voice', voice),
    new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE, dtx: true, red: false }),
  );
  voices.push(voice);
  if (!hasCamera) return;
  const camera = new VideoSource(CAMERA.width, CAMERA.height);
  await room.localParticipant?.publishTrack(
    LocalVideoTrack.createVideoTrack('camera', camera),
    new TrackPublishOptions({
      source: TrackSource.SOURCE_CAMERA,
      simulcast: false,
      videoCodec: VideoCodec.VP8,
      videoEncoding: { maxBitrate: BigInt(CAMERA.bitsPerSecond), maxFramerate: CAMERA.framesPerSecond },
    }),
  );
  cameras.push(camera);
}

/** Syllables: a level tone is taken for noise. */
function sound(): AudioFrame {
  const samples = Int16Array.from({ length: (RATE * FRAME_MS) / 1_000 }, (_, at) =>
    Math.round(Math.sin((2 * Math.PI * HZ * at) / RATE) * Math.sin((Math.PI * at * 10) / RATE) * LOUDNESS * 0x7f_ff),
  );
  return new AudioFrame(samples, RATE, 1, samples.length);
}

/** Grey, with a bar that goes from left to right. */
function pictures(): VideoFrame[] {
  const { width, height } = CAMERA;
  return Array.from({ length: PICTURES }, (_, nth) => {
    const data = new Uint8Array(width * height * 1.5).fill(128);
    const from = Math.floor((width / PICTURES) * nth);
    for (let row = 0; row < height; row += 1) data.fill(235, row * width + from, row * width + from + 16);
    return new VideoFrame(data, width, height, VideoBufferType.I420);
  });
}

function live(): void {
  const [spoken, shown] = [sound(), pictures()];
  const begunAt = performance.now();
  setInterval(() => {
    const now = performance.now() - begunAt;
    if (now % TURN_MS < SPEAKS_MS) void voices[Math.floor(now / TURN_MS) % voices.length]?.captureFrame(spoken);
  }, FRAME_MS);
  let nth = 0;
  setInterval(() => {
    const picture = shown[(nth += 1) % shown.length];
    if (picture) for (const camera of cameras) camera.captureFrame(picture);
  }, 1_000 / CAMERA.framesPerSecond);
}

process.on('message', (next: Place | 'live') => {
  const done = next === 'live' ? Promise.resolve(live()) : come(next);
  done.then(
    () => process.send?.({}),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('SIGTERM', () => {
  void Promise.allSettled(rooms.map((room) => room.disconnect()))
    .then(dispose)
    .finally(() => process.exit(0));
});
process.on('disconnect', () => process.exit(0));
