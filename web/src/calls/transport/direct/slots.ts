import type { CameraLimit, Outgoing, ScreenTracks } from '../media.transport.ts';
import { screenEncoding } from '../screenEncoding.ts';

/** Everything that can be sent, each with a place of its own from the start: nothing is negotiated when it comes or goes. */
export const SLOTS = [
  { name: 'microphone', kind: 'audio' },
  { name: 'camera', kind: 'video' },
  { name: 'screen', kind: 'video' },
  { name: 'screenSound', kind: 'audio' },
] as const;
export type SlotName = (typeof SLOTS)[number]['name'];

export type Tracks = Readonly<Record<SlotName, MediaStreamTrack | null>>;

type Codec = RTCRtpCapabilities['codecs'][number];

export type Transceivers = Readonly<Record<SlotName, RTCRtpTransceiver>>;

const CAMERA_BITRATE = { full: 1_700_000, small: 160_000 } as const;
/** Of a 1280-pixel camera. */
const SMALL_CAMERA_DIVIDED_BY = 4;

/** From the least to the most. */
const CAMERA_LIMITS = ['none', 'small', 'full'] as const satisfies readonly CameraLimit[];

/** What is left of a camera for which one has so much room here, and so much there. */
export function stricter(here: CameraLimit, there: CameraLimit): CameraLimit {
  return CAMERA_LIMITS.find((limit) => limit === here || limit === there) ?? 'full';
}

/** What goes into which place. A microphone that is muted sends nothing at all. */
export function tracksOf({ microphone, isMuted, camera, screen }: Outgoing, limit: CameraLimit): Tracks {
  return {
    microphone: isMuted ? null : microphone,
    camera: limit === 'none' ? null : camera,
    screen: screen?.video ?? null,
    screenSound: screen?.sound ?? null,
  };
}

/** The one who begins makes the places. */
export function makePlaces(connection: RTCPeerConnection): Transceivers {
  const [face, screen] = [new MediaStream(), new MediaStream()];
  return byName((name, kind) =>
    connection.addTransceiver(kind, {
      direction: 'sendrecv',
      // Sound and picture of one stream are played together.
      streams: [name.startsWith('screen') ? screen : face],
    }),
  );
}

/** The other one finds them in the offer. Undefined: it is none of ours. */
export function findPlaces(connection: RTCPeerConnection): Transceivers | undefined {
  const found = connection.getTransceivers();
  const isOurs = SLOTS.every(({ kind }, index) => found[index]?.receiver.track.kind === kind);
  if (!isOurs) return undefined;
  const [face, screen] = [new MediaStream(), new MediaStream()];
  return byName((name, _kind, index) => {
    const transceiver = found[index];
    if (!transceiver) throw new Error('checked above');
    transceiver.direction = 'sendrecv';
    transceiver.sender.setStreams(name.startsWith('screen') ? screen : face);
    return transceiver;
  });
}

/**
 * The packets of a voice carry the one before once more, where the browser can do that. Of pictures a browser offers each
 * codec in all its profiles, for each place: what nobody takes is left out, since both sides have to read all of it
 * before the first word is heard.
 */
export function preferCodecs({ microphone, camera, screen }: Transceivers): void {
  const sounds = codecsOf('audio');
  const isRed = ({ mimeType }: Codec): boolean => mimeType.toLowerCase() === 'audio/red';
  if (sounds.some(isRed))
    microphone.setCodecPreferences([...sounds.filter(isRed), ...sounds.filter((codec) => !isRed(codec))]);
  const pictures = codecsOf('video').filter(isTaken);
  if (pictures.length > 0) for (const place of [camera, screen]) place.setCodecPreferences(pictures);
}

function codecsOf(kind: 'audio' | 'video'): Codec[] {
  return RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
}

/** One profile of each, that every browser has. */
function isTaken({ mimeType, sdpFmtpLine = '' }: Codec): boolean {
  const name = mimeType.toLowerCase();
  if (name === 'video/vp9') return !sdpFmtpLine.includes('profile-id=') || sdpFmtpLine.includes('profile-id=0');
  if (name === 'video/av1') return !sdpFmtpLine.includes('profile=1');
  if (name === 'video/h264')
    return sdpFmtpLine.includes('packetization-mode=1') && /profile-level-id=42e0/i.test(sdpFmtpLine);
  return ['video/vp8', 'video/rtx', 'video/red', 'video/ulpfec'].includes(name);
}

/** How much of the link each may take, and what of it gives way. Sound comes first. */
export async function setShares(places: Transceivers, { screen }: Outgoing, limit: CameraLimit): Promise<void> {
  const isSmall = limit === 'small';
  await Promise.all([
    setShare(places.microphone, { priority: 'high', networkPriority: 'high' }),
    setShare(places.camera, {
      maxBitrate: CAMERA_BITRATE[isSmall ? 'small' : 'full'],
      scaleResolutionDownBy: isSmall ? SMALL_CAMERA_DIVIDED_BY : 1,
    }),
    screen && setScreenShare(places.screen, screen),
  ]);
}

async function setScreenShare(place: RTCRtpTransceiver, screen: ScreenTracks): Promise<void> {
  const { codec, maxBitrate, maxFramerate, degradation } = screenEncoding(screen);
  await setShare(place, { maxBitrate, maxFramerate }, degradation);
  await preferCodec(place, `video/${codec}`);
}

/** Without a new negotiation, where both sides and the browser can do that. */
async function preferCodec({ sender }: RTCRtpTransceiver, mimeType: string): Promise<void> {
  const parameters = sender.getParameters();
  const codec = parameters.codecs.find((one) => one.mimeType.toLowerCase() === mimeType);
  const [first]: (RTCRtpEncodingParameters & { codec?: RTCRtpCodec })[] = parameters.encodings;
  if (!codec || !first) return;
  first.codec = codec;
  await sender.setParameters(parameters).catch(() => {}); // Another one, then, that both can read.
}

async function setShare(
  { sender }: RTCRtpTransceiver,
  encoding: Partial<RTCRtpEncodingParameters>,
  degradationPreference?: RTCDegradationPreference,
): Promise<void> {
  const parameters = sender.getParameters();
  const [first] = parameters.encodings;
  if (!first) return; // Not negotiated yet: set when it is.
  Object.assign(first, encoding);
  if (degradationPreference) parameters.degradationPreference = degradationPreference;
  await sender.setParameters(parameters).catch(() => {}); // A wish; without it the browser does as it thinks best.
}

function byName<T>(make: (name: SlotName, kind: 'audio' | 'video', index: number) => T): Record<SlotName, T> {
  const [microphone, camera, screen, screenSound] = SLOTS.map(({ name, kind }, index) => make(name, kind, index));
  if (!microphone || !camera || !screen || !screenSound) throw new Error('four are made');
  return { microphone, camera, screen, screenSound };
}
