import type { LocalAudioTrack, LocalTrack, LocalVideoTrack, Room, TrackPublishOptions } from 'livekit-client';
import type { Outgoing, ScreenTracks } from './media.transport.ts';
import { screenEncoding, SMALL_SCREEN } from './screenEncoding.ts';
import { handleOfTrack } from './trackHandle.ts';

type LiveKit = typeof import('./livekit.ts');

/** When something could not be sent over a link that stands. */
const AGAIN_AFTER_MS = 2_000;

const NOTHING: Outgoing = { microphone: null, isMuted: true, camera: null, screen: null };

type OurTrack = LocalAudioTrack | LocalVideoTrack;

interface Slot<T extends OurTrack> {
  readonly source: MediaStreamTrack;
  readonly track: T;
}

/**
 * Brings what a room sends to what is wanted, of each kind one change after another; the latest wish wins. The wish is ours and not
 * the room's: it is applied again after each reconnect, so that nobody is unmuted by the network.
 */
export function createSender(livekit: LiveKit, room: Room) {
  const { Track } = livekit;
  let wanted: Outgoing = NOTHING;
  let isReady = false;
  let told = (): void => {};
  let microphone: Slot<LocalAudioTrack> | null = null;
  let camera: Slot<LocalVideoTrack> | null = null;
  let screen: (Slot<LocalVideoTrack> & Pick<ScreenTracks, 'mode' | 'frameRate'>) | null = null;
  let screenSound: Slot<LocalAudioTrack> | null = null;

  // livekit-client takes every codec but VP8 for a camera's, before the first frame and against what we said.
  room.localParticipant.on(livekit.ParticipantEvent.LocalSenderCreated, ({ track }) => {
    if (track && screen && track === screen.source) track.contentHint = screenEncoding(screen).hint;
  });

  const lanes = [
    laneOf(settleMicrophone),
    laneOf(settleCamera),
    laneOf(({ screen: target }) => settleScreen(target)),
    laneOf(({ screen: target }) => settleScreenSound(target?.sound ?? null)),
  ];

  function settle(): void {
    for (const lane of lanes) void lane();
  }

  /** Each kind by itself: nobody's mute waits for a picture that is only just being sent. */
  function laneOf(bring: (target: Outgoing) => Promise<unknown>): () => Promise<void> {
    let isSettling = false;
    return async () => {
      if (isSettling || !isReady) return;
      isSettling = true;
      let target: Outgoing;
      do {
        target = wanted;
        // oxlint-disable-next-line no-await-in-loop -- until nothing new was wanted meanwhile
        await bring(target).catch(() => {}); // Tried again with the next wish, or the next way.
        told();
      } while (isReady && target !== wanted);
      isSettling = false;
    };
  }

  async function settleMicrophone(target: Outgoing): Promise<void> {
    if (!target.microphone) {
      const gone = microphone;
      microphone = null;
      if (gone) await room.localParticipant.unpublishTrack(gone.track.mediaStreamTrack, false);
      return;
    }
    if (!microphone) {
      const track = new livekit.LocalAudioTrack(target.microphone);
      microphone = { source: target.microphone, track };
      if (target.isMuted) await track.mute();
      await publish(track, { source: Track.Source.Microphone }, () => (microphone = null));
    } else if (microphone.source !== target.microphone) {
      // First: whatever takes its place is given a voice by livekit-client unless the one before was muted.
      if (target.isMuted) await setMuted(microphone.track, true);
      microphone = { ...microphone, source: target.microphone };
      await microphone.track.replaceTrack(target.microphone, true);
    }
    await setMuted(microphone?.track, target.isMuted);
  }

  /** Off is muted and not unpublished: on again is a matter of one track replaced, without a new negotiation. */
  async function settleCamera(target: Outgoing): Promise<void> {
    if (!target.camera) {
      if (camera?.source.readyState === 'live') return takeOffCamera(camera);
      return setMuted(camera?.track, true);
    }
    if (!camera) {
      const track = new livekit.LocalVideoTrack(target.camera);
      camera = { source: target.camera, track };
      await publish(track, { source: Track.Source.Camera }, () => (camera = null));
    } else if (camera.source !== target.camera) {
      camera = { ...camera, source: target.camera };
      await camera.track.replaceTrack(target.camera, true);
    }
    await setMuted(camera?.track, false);
  }

  /** It runs on for another call; to mute it here would darken it there. */
  async function takeOffCamera({ track }: Slot<LocalVideoTrack>): Promise<void> {
    camera = null;
    await room.localParticipant.unpublishTrack(track.mediaStreamTrack, false);
  }

  /** Another source takes the place of the one before without those who look noticing; another mode needs another encoder. */
  async function settleScreen(target: ScreenTracks | null): Promise<void> {
    const before = screen;
    if (before && target && before.mode === target.mode && before.frameRate === target.frameRate) {
      if (before.source === target.video) return;
      screen = { ...before, source: target.video };
      await before.track.replaceTrack(target.video, true);
      return;
    }
    screen = null;
    if (before) await room.localParticipant.unpublishTrack(before.track.mediaStreamTrack, false);
    if (!target) return;
    const track = new livekit.LocalVideoTrack(target.video);
    screen = { source: target.video, track, mode: target.mode, frameRate: target.frameRate };
    await publish(track, screenOptions(target), () => (screen = null));
    await keepWholeFrames(track);
  }

  function screenOptions(target: ScreenTracks): TrackPublishOptions {
    const { codec, fallback, maxBitrate, maxFramerate, degradation } = screenEncoding(target);
    const encoding = { maxBitrate, maxFramerate };
    const { width, height, ...small } = SMALL_SCREEN;
    return {
      source: Track.Source.ScreenShare,
      // Frames encrypted end to end can be of any codec but AV1 (livekit-client 2.23).
      videoCodec: room.isE2EEEnabled ? fallback : codec,
      backupCodec: { codec: fallback, encoding },
      screenShareEncoding: encoding,
      simulcast: target.mode === 'motion',
      screenShareSimulcastLayers: [new livekit.VideoPreset(width, height, small.maxBitrate, small.maxFramerate)],
      degradationPreference: degradation,
    };
  }

  /** livekit-client asks for three layers of frames, with which Chromium gives five a second and no more. */
  async function keepWholeFrames({ sender, mediaStreamTrack }: LocalVideoTrack): Promise<void> {
    if (!sender || mediaStreamTrack.contentHint !== 'text') return;
    const parameters = sender.getParameters();
    // Of W3C's webrtc-svc, which TypeScript's types leave out.
    const encodings = parameters.encodings as (RTCRtpEncodingParameters & { scalabilityMode?: string })[];
    for (const encoding of encodings) if (encoding.scalabilityMode) encoding.scalabilityMode = 'L1T1';
    await sender.setParameters(parameters).catch(() => {}); // Five a second, then.
  }

  async function settleScreenSound(sound: MediaStreamTrack | null): Promise<void> {
    if (!sound) return setMuted(screenSound?.track, true);
    if (!screenSound) {
      const track = new livekit.LocalAudioTrack(sound);
      screenSound = { source: sound, track };
      // Music and films are no speech: both channels, no pauses, no repair made for voices.
      const options = { source: Track.Source.ScreenShareAudio, dtx: false, red: false, forceStereo: true };
      await publish(track, options, () => (screenSound = null));
    } else if (screenSound.source !== sound) {
      screenSound = { ...screenSound, source: sound };
      await screenSound.track.replaceTrack(sound, true);
    }
    await setMuted(screenSound?.track, false);
  }

  async function publish(track: OurTrack, options: TrackPublishOptions, failed: () => void): Promise<void> {
    try {
      await room.localParticipant.publishTrack(asLocalTrack(track), options);
    } catch {
      failed();
      if (isReady) setTimeout(settle, AGAIN_AFTER_MS);
    }
  }

  return {
    want(outgoing: Outgoing): void {
      wanted = outgoing;
      settle();
    },
    /** The way is open. `onSettled` is called whenever something changed. */
    begin(onSettled: () => void): void {
      told = onSettled;
      isReady = true;
      settle();
    },
    again: settle,
    end(): void {
      isReady = false;
    },
    /** What I look like, whether or not it has left this device yet. */
    pictures: () => ({
      camera: wanted.camera && handleOfTrack(wanted.camera),
      screen: wanted.screen && handleOfTrack(wanted.screen.video),
      hasScreenSound: Boolean(wanted.screen?.sound),
    }),
    isSilent: () => wanted.isMuted || !wanted.microphone,
  };
}

async function setMuted(track: OurTrack | undefined, isMuted: boolean): Promise<void> {
  if (!track || track.isMuted === isMuted) return;
  await (isMuted ? track.mute() : track.unmute());
}

/** livekit-client's own types fall apart under `exactOptionalPropertyTypes`; each of ours is a LocalTrack. */
function asLocalTrack(track: OurTrack): LocalTrack {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is one, by inheritance
  return track as LocalTrack;
}
