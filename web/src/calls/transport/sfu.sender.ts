import type { LocalAudioTrack, LocalTrack, LocalVideoTrack, Room, TrackPublishOptions } from 'livekit-client';
import type { Outgoing, ScreenTracks } from './media.transport.ts';
import { handleOfTrack } from './trackHandle.ts';

type LiveKit = typeof import('livekit-client');

/** One layer at full size whose frame rate gives way first: half a resolution would blur text. */
const SHARE_ENCODING: Readonly<Record<ScreenTracks['mode'], { maxBitrate: number; maxFramerate: number }>> = {
  text: { maxBitrate: 2_500_000, maxFramerate: 15 },
  motion: { maxBitrate: 4_000_000, maxFramerate: 30 },
};

/** When something could not be sent over a link that stands. */
const AGAIN_AFTER_MS = 2_000;

const NOTHING: Outgoing = { microphone: null, isMuted: true, camera: null, screen: null };

type OurTrack = LocalAudioTrack | LocalVideoTrack;

interface Slot<T extends OurTrack> {
  readonly source: MediaStreamTrack;
  readonly track: T;
}

/**
 * Brings what a room sends to what is wanted, one change after another; the latest wish wins. The wish is ours and not
 * the room's: it is applied again after each reconnect, so that nobody is unmuted by the network.
 */
export function createSender(livekit: LiveKit, room: Room) {
  const { Track } = livekit;
  let wanted: Outgoing = NOTHING;
  let isReady = false;
  let isSettling = false;
  let told = (): void => {};
  let microphone: Slot<LocalAudioTrack> | null = null;
  let camera: Slot<LocalVideoTrack> | null = null;
  let screen: Slot<LocalVideoTrack> | null = null;
  let screenSound: Slot<LocalAudioTrack> | null = null;

  async function settle(): Promise<void> {
    if (isSettling || !isReady) return;
    isSettling = true;
    let target: Outgoing;
    do {
      target = wanted;
      // oxlint-disable-next-line no-await-in-loop -- until nothing new was wanted meanwhile
      await Promise.allSettled([settleMicrophone(target), settleCamera(target), settleScreen(target.screen)]);
      told();
    } while (isReady && target !== wanted);
    isSettling = false;
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

  async function settleScreen(target: ScreenTracks | null): Promise<void> {
    if (screen && screen.source !== target?.video) {
      const gone = [screen.track, screenSound?.track].filter((track) => track !== undefined);
      screen = null;
      screenSound = null;
      await room.localParticipant.unpublishTracks(gone.map((track) => track.mediaStreamTrack));
    }
    if (!target || screen) return;
    const track = new livekit.LocalVideoTrack(target.video);
    screen = { source: target.video, track };
    const options: TrackPublishOptions = {
      source: Track.Source.ScreenShare,
      simulcast: false,
      screenShareEncoding: SHARE_ENCODING[target.mode],
      degradationPreference: target.mode === 'text' ? 'maintain-resolution' : 'balanced',
    };
    await publish(track, options, () => (screen = null));
    if (!target.sound) return;
    const sound = new livekit.LocalAudioTrack(target.sound);
    screenSound = { source: target.sound, track: sound };
    // Music and films are no speech: both channels, no pauses, no repair made for voices.
    await publish(
      sound,
      { source: Track.Source.ScreenShareAudio, dtx: false, red: false, forceStereo: true },
      () => (screenSound = null),
    );
  }

  async function publish(track: OurTrack, options: TrackPublishOptions, failed: () => void): Promise<void> {
    try {
      await room.localParticipant.publishTrack(asLocalTrack(track), options);
    } catch {
      failed();
      if (isReady) setTimeout(() => void settle(), AGAIN_AFTER_MS);
    }
  }

  return {
    want(outgoing: Outgoing): void {
      wanted = outgoing;
      void settle();
    },
    /** The way is open. `onSettled` is called whenever something changed. */
    begin(onSettled: () => void): void {
      told = onSettled;
      isReady = true;
      void settle();
    },
    again: () => void settle(),
    end(): void {
      isReady = false;
    },
    /** What I look like, whether or not it has left this device yet. */
    pictures: () => ({
      camera: wanted.camera && handleOfTrack(wanted.camera),
      screen: wanted.screen && handleOfTrack(wanted.screen.video),
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
