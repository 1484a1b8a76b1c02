import type { DisconnectReason as LiveKitReason, Participant as LiveKitParticipant, RoomOptions } from 'livekit-client';
import type { PeerMessage } from '@dialog/shared/calls.peers';
import { type CallId, DeviceId, UserId } from '@dialog/shared/contract/values';
import type { ChatSync } from '../../chats/chats.sync.ts';
import { CannotSeal } from '../sealing/cannotSeal.ts';
import type { createRoomSealing as CreateRoomSealing } from '../sealing/room.sealing.ts';
import { BEAT_EVERY_MS, createLinkWatch } from './link.ts';
import { encodePeerMessage, mayBeLost, readPeerMessage } from './peerMessages.ts';
import type { MediaTransport, Outgoing, Present, TransportEvents } from './media.transport.ts';
import { followNetwork } from './network.ts';
import { createBeat, createFlow } from './sfu.beat.ts';
import { createHiding } from './sfu.hiding.ts';
import { createSfuLimits } from './sfu.limits.ts';
import { measureRoom } from './sfu.measure.ts';
import { keepFlowing } from './sfu.screens.ts';
import { createSender } from './sfu.sender.ts';
import { handleOf } from './sfu.pictures.ts';
import { watchPulse } from './sfu.pulse.ts';
import { createSfuSounds } from './sfu.sounds.ts';

type LiveKit = typeof import('./livekit.ts');

/** Short tries only: what does not come back at once comes back by a fresh token (own.call.ts). */
const RETRY_DELAYS_MS = [0, 300, 800, 1_500];
const SIGNAL_TIMEOUT_MS = 8_000;
const PEER_TOPIC = 'dialog';

const OPTIONS: RoomOptions = {
  adaptiveStream: true,
  dynacast: true,
  // The tracks are ours (local.media.ts) and outlive a room.
  stopLocalTrackOnUnpublish: false,
  disconnectOnPageLeave: true,
  reconnectPolicy: { nextRetryDelayInMs: ({ retryCount }) => RETRY_DELAYS_MS[retryCount] ?? null },
  publishDefaults: { dtx: true, red: true, simulcast: true, videoCodec: 'vp8' },
};

/** 137 kB, and only for calls. It would write every lost connection to the console, addresses with tokens included. */
export async function loadLiveKit(): Promise<LiveKit> {
  const livekit = await import('./livekit.ts');
  livekit.setLogLevel(import.meta.env.DEV ? livekit.LogLevel.warn : livekit.LogLevel.silent);
  return livekit;
}

/** A LiveKit room. @public: calls.ts takes it from the module that it loads late. */
export async function openSfuTransport(room: RoomAddress, events: TransportEvents): Promise<MediaTransport> {
  const [livekit, sealing] = await Promise.all([
    loadLiveKit(),
    room.sealing ? import('../sealing/room.sealing.ts') : null,
  ]);
  if (room.sealing && !livekit.isE2EESupported()) throw new CannotSeal();
  return createSfuTransport({ livekit, createRoomSealing: sealing?.createRoomSealing }, room, events);
}

interface RoomAddress {
  readonly url: string;
  readonly token: string;
  /** Null: the media server may read what goes through it. */
  readonly sealing: { readonly me: string; readonly callId: CallId } | null;
  /** Whom I have blocked. */
  readonly chats: Pick<ChatSync, 'store'>;
}

interface Libraries {
  readonly livekit: LiveKit;
  readonly createRoomSealing: typeof CreateRoomSealing | undefined;
}

function createSfuTransport(
  { livekit, createRoomSealing }: Libraries,
  { url, token, sealing: sealed, chats }: RoomAddress,
  events: TransportEvents,
): MediaTransport {
  const { RoomEvent, Track: Tracks, DisconnectReason, ConnectionState } = livekit;
  const sealing =
    sealed && createRoomSealing?.(livekit, { ...sealed, tell, changed: (state) => !isClosed && events.sealed(state) });
  const room = new livekit.Room({ ...OPTIONS, ...sealing?.options });
  const sender = createSender(livekit, room);
  const limits = createSfuLimits(livekit, room);
  const hiding = createHiding(room, chats);
  const stopFollowing = followNetwork(resume);
  const spokeAt = new Map<string, number>();
  let speaking = new Set<string>();
  const sounds = createSfuSounds();
  let isClosed = false;
  let hasConnected = false;
  let isTelling = false;
  let beats: ReturnType<typeof setInterval> | undefined;
  let latest: Outgoing | undefined;

  const link = createLinkWatch({
    now: () => performance.now(),
    beat: createBeat(room, () => link.heard()),
    flows: createFlow(room),
    tell: (isUp) => !isClosed && events.linkChanged(isUp),
  });

  const takePulse = watchPulse(room, (isDumb) => {
    link.dumb(isDumb);
    if (isDumb) resume();
  });

  function tellPeople(): void {
    if (isTelling) return;
    isTelling = true;
    queueMicrotask(() => {
      isTelling = false;
      if (isClosed || room.state === ConnectionState.Disconnected) return;
      hiding.hide();
      events.peopleChanged(people());
    });
  }

  function people(): Present[] {
    const everyone: LiveKitParticipant[] = [room.localParticipant, ...room.remoteParticipants.values()];
    return everyone.flatMap((one) => toParticipant(one) ?? []);
  }

  function toParticipant(one: LiveKitParticipant): Present | null {
    const [user, device] = one.identity.split(':');
    const userId = UserId.safeParse(user);
    const deviceId = DeviceId.safeParse(device);
    if (!userId.success || !deviceId.success) return null;
    const isMe = one === room.localParticipant;
    return {
      identity: one.identity,
      userId: userId.data,
      deviceId: deviceId.data,
      name: one.name ?? '',
      isMe,
      isMuted: isMe ? sender.isSilent() : !one.isMicrophoneEnabled,
      isSpeaking: one.isSpeaking,
      isPoor:
        one.connectionQuality === livekit.ConnectionQuality.Poor ||
        one.connectionQuality === livekit.ConnectionQuality.Lost,
      isLost: false,
      spokeAt: spokeAt.get(one.identity) ?? 0,
      ...(isMe ? sender.pictures() : picturesOf(one)),
    };
  }

  function picturesOf(one: LiveKitParticipant): Pick<Present, 'camera' | 'screen' | 'hasScreenSound'> {
    return {
      camera: handleOf(one.getTrackPublication(Tracks.Source.Camera)),
      screen: handleOf(one.getTrackPublication(Tracks.Source.ScreenShare)),
      hasScreenSound: one.getTrackPublication(Tracks.Source.ScreenShareAudio)?.isMuted === false,
    };
  }

  room
    .on(RoomEvent.ParticipantDisconnected, (one, reason) => {
      if (reason === DisconnectReason.CLIENT_INITIATED || reason === DisconnectReason.PARTICIPANT_REMOVED)
        events.left(one.identity);
      tellPeople();
    })
    .on(RoomEvent.ActiveSpeakersChanged, (speakers) => {
      // Only of those who begin or end: the others did nothing.
      const now = new Set(speakers.map((one) => one.identity));
      for (const one of [...speaking, ...now]) if (speaking.has(one) !== now.has(one)) spokeAt.set(one, Date.now());
      speaking = now;
      tellPeople();
    })
    .on(RoomEvent.TrackSubscribed, (track, ...[, { identity }]) => {
      // On its way already when it was heard who comes.
      if (track.kind === Tracks.Kind.Audio && !hiding.isHidden(identity)) sounds.play(track);
      keepFlowing(livekit, track);
      limits.again();
      tellPeople();
    })
    .on(RoomEvent.TrackUnsubscribed, (track) => {
      sounds.stop(track);
      tellPeople();
    })
    .on(RoomEvent.SignalReconnecting, link.doubted)
    // Not resumed but begun anew, and by long attempts: that we do by ourselves, sooner.
    .on(RoomEvent.Reconnecting, lose)
    .on(RoomEvent.Reconnected, () => {
      link.heard();
      sender.again();
      tellPeople();
    })
    .on(RoomEvent.DataReceived, (data, from, ...[, topic]) => {
      const message = topic === PEER_TOPIC ? readPeerMessage(data) : null;
      if (!message || !from || isClosed) return;
      if (message.kind === 'sealing' || message.kind === 'sealedKey')
        sealing?.take({ identity: from.identity, message });
      else events.told({ identity: from.identity, message });
    })
    .on(RoomEvent.AudioPlaybackStatusChanged, () => events.soundBlocked(!room.canPlaybackAudio))
    .on(RoomEvent.SignalConnected, tellPeople)
    .on(RoomEvent.Disconnected, lose);
  for (const event of [
    RoomEvent.Connected,
    RoomEvent.ParticipantConnected,
    RoomEvent.ParticipantNameChanged,
    RoomEvent.TrackMuted,
    RoomEvent.TrackUnmuted,
    RoomEvent.TrackPublished,
    RoomEvent.TrackUnpublished,
    RoomEvent.LocalTrackPublished,
    RoomEvent.LocalTrackUnpublished,
    RoomEvent.ConnectionQualityChanged,
  ] as const) {
    room.on(event, tellPeople);
  }

  /** The library's own way back, begun before it notices that the old way is dead: both directions are tried anew. */
  function resume(): void {
    if (hasConnected && !isClosed) room.engine.client.onClose?.('another network');
  }

  /** By who keeps order; what is one's own wish is not said so. */
  function silence(trackSid: string, isMuted: boolean): void {
    const source = room.localParticipant.trackPublications.get(trackSid)?.source;
    const { Microphone, Camera } = Tracks.Source;
    if (isMuted) events.silenced(source === Microphone ? 'microphone' : source === Camera ? 'camera' : 'screen');
  }

  function want(outgoing: Outgoing): void {
    latest = outgoing;
    sender.want(limits.isCameraHeld() ? { ...outgoing, camera: null } : outgoing);
  }

  function lose(reason?: LiveKitReason): void {
    if (isClosed) return;
    close();
    void room.disconnect(false);
    // An attempt that fails is told by `connect`.
    if (hasConnected) events.closed(reason === DisconnectReason.DUPLICATE_IDENTITY ? 'replaced' : 'lost');
  }

  function close(): void {
    isClosed = true;
    stopFollowing();
    hiding.end();
    sealing?.end();
    clearInterval(beats);
    sender.end();
    sounds.end();
  }

  function tell(message: PeerMessage, to?: string): void {
    room.localParticipant
      .publishData(encodePeerMessage(message), {
        reliable: !mayBeLost(message),
        topic: PEER_TOPIC,
        ...(to === undefined ? {} : { destinationIdentities: [to] }),
      })
      .catch(() => {}); // No way just now: what I say of myself is said again when there is one.
  }

  return {
    async connect(outgoing) {
      want(outgoing);
      await sealing?.begin(room);
      await room.connect(url, token, { maxRetries: 0, websocketTimeout: SIGNAL_TIMEOUT_MS });
      if (isClosed) throw new Error('closed while connecting');
      hasConnected = true;
      room.engine.on('remoteMute', silence);
      // Not earlier: seeing and hearing the others comes first, and one negotiation would wait for the other.
      sender.begin(tellPeople);
      link.heard();
      beats = setInterval(() => [link.turn(), takePulse()], BEAT_EVERY_MS);
      tellPeople();
    },
    send(outgoing) {
      want(outgoing);
      tellPeople();
    },
    tell,
    measure: () => measureRoom(livekit, room),
    limit(next) {
      limits.want(next);
      if (latest) want(latest);
    },
    hear: sounds.hear,
    carries(identity) {
      const microphone = room.remoteParticipants.get(identity)?.getTrackPublication(Tracks.Source.Microphone);
      // Known is not yet heard: the first packets take their way.
      const arrived = microphone?.track?.receiver?.getSynchronizationSources() ?? [];
      return microphone !== undefined && (microphone.isMuted || arrived.length > 0);
    },
    setScreenVolume: (identity, volume) =>
      room.remoteParticipants.get(identity)?.setVolume(volume, Tracks.Source.ScreenShareAudio),
    useSpeaker: (deviceId) => void room.switchActiveDevice('audiooutput', deviceId).catch(() => {}), // Gone again: the default plays on.
    setVolume: (identity, volume) => room.remoteParticipants.get(identity)?.setVolume(volume),
    playSound: () => void room.startAudio().catch(() => {}),
    close() {
      if (isClosed) return;
      close();
      void room.disconnect(false);
    },
  };
}
