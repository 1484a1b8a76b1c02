import { CALL_BEAT_MS, directCallRoutes } from '@dialog/shared/calls.direct';
import type { CallSignal } from '@dialog/shared/calls.direct.values';
import type { CallEntry, EntryAddress } from '@dialog/shared/calls.values';
import type { DeviceId, UserId } from '@dialog/shared/contract/values';
import { ApiError, type Call } from '../../../platform/api.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Socket } from '../../../platform/socket.ts';
import type {
  Admission,
  Entrance,
  Limits,
  MediaTransport,
  Outgoing,
  Present,
  TransportEvents,
} from '../media.transport.ts';
import { followNetwork } from '../network.ts';
import { identityOf, userOf } from '../identity.ts';
import { handleOfTrack } from '../trackHandle.ts';
import { createDirectLink, type DirectLink } from './direct.link.ts';
import { createIceServers } from './iceServers.ts';
import { createSaying } from './saying.ts';
import { createSounds } from './sounds.ts';
import { createSpeaking } from './speaking.ts';

const LOOK_EVERY_MS = 250;
const ENTERED_WITHIN_MS = 8_000;
/** A page that draws answers late: what two say to find each other goes before anything is drawn of it, for so long. */
const DRAWN_AFTER_MS = 250;
const KEY: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };

export interface DirectDeps {
  readonly call: Call;
  readonly socket: Pick<Socket, 'on' | 'onConnected' | 'signal'>;
  readonly clock: Clock;
  readonly deviceId: DeviceId;
  readonly names: {
    of(userId: UserId): string;
    /** Answers how to stop. */
    onChange(hear: () => void): () => void;
  };
}

interface DirectEntrance extends Entrance {
  readonly admission: Extract<Admission, { way: 'direct' }>;
}

/** The other device. */
interface Other {
  readonly entry: EntryAddress;
  readonly identity: string;
  readonly link: DirectLink;
}

/**
 * From one device to the other, without a media server in between. Who is in the call the server says; everything else
 * the two say to each other.
 *
 * @public calls.ts takes it from the module that it loads late.
 */
export async function openDirectTransport(
  deps: DirectDeps,
  { callId, admission }: DirectEntrance,
  events: TransportEvents,
): Promise<MediaTransport> {
  const { call, socket, clock } = deps;
  const { identity, entryId } = admission;
  const me = { userId: userOf(identity), deviceId: deps.deviceId };
  // The same for each connection of this way: what is compared changes when somebody else comes in between, and only then.
  const certificate = await RTCPeerConnection.generateCertificate(KEY);
  const ice = createIceServers(admission, {
    clock,
    certificate,
    ask: () => call(directCallRoutes.renewIceServers, { params: { callId }, body: { deviceId: me.deviceId } }),
  });
  let outgoing: Outgoing | undefined;
  let limits: Limits = { sent: 'full', received: 'full' };
  let other: Other | null = null;
  let hasEntered = false;
  let isClosed = false;
  let isComingUp = false;
  let wasHeard = '';
  let entered = (): void => {};
  let refused = (): void => {};

  const say = createSaying({
    ...{ call, clock, callId, deviceId: me.deviceId, entryId },
    isThere: (to) => !isClosed && other?.entry === to,
  });
  const sounds = createSounds({ blocked: events.soundBlocked });
  const speaking = createSpeaking(clock.now);
  const stops = [
    socket.on('callEntriesChanged', (told) => {
      if (told.callId === callId) takeEntries(told.entries);
    }),
    socket.on('callSignalled', ({ callId: id, from, to, signal }) => {
      if (id === callId && to.entryId === entryId) takeSignal(from, signal);
    }),
    socket.onConnected(() => {
      beat();
      if (other && !other.link.isUp()) other.link.restart();
    }),
    followNetwork(() => other?.link.restart()),
    deps.names.onChange(() => tellPeople()),
    every(CALL_BEAT_MS, beat),
    every(LOOK_EVERY_MS, lookWhoSpeaks),
    whenPageGoes(sayBye),
  ];

  function sayBye(): void {
    if (other) say({ kind: 'bye' }, other.entry);
  }

  function beat(): void {
    socket.signal('beatCall', { callId, deviceId: me.deviceId, entryId });
  }

  function takeEntries(entries: readonly CallEntry[]): void {
    const isIn = entries.some((one) => one.entryId === entryId);
    if (!isIn) {
      const isReplaced = entries.some((one) => one.userId === me.userId && one.deviceId === me.deviceId);
      if (!hasEntered) return refused();
      return events.closed(isReplaced ? 'replaced' : 'lost');
    }
    const there = entries.find((one) => one.entryId !== entryId);
    if (there) meet(there);
    else part();
    hasEntered = true;
    tellPeople();
  }

  function takeSignal(from: EntryAddress, signal: CallSignal): void {
    // Entries and signals come by different ways: whoever speaks is there, unless they have come anew since.
    if (other && from.entryId < other.entry.entryId) return;
    const { link } = meet(from);
    if (signal.kind !== 'bye') return link.take(signal);
    events.left(identityOf(from));
    part();
    tellPeople();
  }

  function meet({ userId, deviceId, entryId: theirs }: EntryAddress): Other {
    if (other?.entry.entryId === theirs) return other;
    part();
    const entry = { userId, deviceId, entryId: theirs };
    const met: Other = {
      entry,
      identity: identityOf(entry),
      link: createDirectLink({
        me: identity,
        other: identityOf(entry),
        // Entries are numbered as they come, and both sides see the same two.
        isBeginning: entryId > theirs,
        configuration: ice.configuration(),
        refresh: ice.refresh,
        clock,
        send: (signal) => say(signal, entry),
        told: (message) => events.told({ identity: identityOf(entry), message }),
        changed: tellPeople,
        linkChanged: events.linkChanged,
        stuck: events.stuck,
        compared: events.compared,
      }),
    };
    other = met;
    isComingUp = true;
    clock.after(DRAWN_AFTER_MS, () => {
      isComingUp = false;
      tellPeople();
    });
    if (outgoing) met.link.send(outgoing, limits);
    return met;
  }

  /** The other one is gone: alone one has nothing to lose. */
  function part(): void {
    if (!other) return;
    other.link.close();
    other = null;
    events.compared(null);
    events.linkChanged(true);
  }

  function lookWhoSpeaks(): void {
    if (!other) return;
    speaking.hear(other.identity, other.link.trackOf('microphone') ? other.link.level() : 0);
    void hearMyself(other.link);
    const heard = [identity, other.identity].filter(speaking.isSpeaking).join(' ');
    if (heard !== wasHeard) tellPeople();
    wasHeard = heard;
  }

  async function hearMyself(link: DirectLink): Promise<void> {
    speaking.hear(identity, await link.myLevel());
  }

  function tellPeople(): void {
    if (isClosed || !hasEntered) return;
    const link = other?.link;
    sounds.play([link?.voice(), link?.trackOf('screenSound')].flatMap((track) => track ?? []));
    if (link && isComingUp && !link.isUp()) return;
    entered();
    events.peopleChanged([mySelf(), ...(other ? [present(other)] : [])]);
  }

  function mySelf(): Present {
    return {
      ...common(me, identity),
      isMe: true,
      isLost: false,
      isMuted: !outgoing?.microphone || outgoing.isMuted,
      camera: outgoing?.camera ? handleOfTrack(outgoing.camera) : null,
      screen: outgoing?.screen ? handleOfTrack(outgoing.screen.video) : null,
      hasScreenSound: Boolean(outgoing?.screen?.sound),
    };
  }

  function present({ entry, identity: theirs, link }: Other): Present {
    const [camera, screen] = [link.trackOf('camera'), link.trackOf('screen')];
    return {
      ...common(entry, theirs),
      isLost: link.isLost(),
      isMuted: link.trackOf('microphone') === null,
      camera: camera && handleOfTrack(camera),
      screen: screen && handleOfTrack(screen),
      hasScreenSound: link.trackOf('screenSound') !== null,
    };
  }

  function common(
    { userId, deviceId }: typeof me,
    of: string,
  ): Omit<Present, 'isMuted' | 'isLost' | 'camera' | 'screen' | 'hasScreenSound'> {
    return {
      ...{ identity: of, userId, deviceId, isMe: false, isPoor: false },
      name: deps.names.of(userId),
      isSpeaking: speaking.isSpeaking(of),
      spokeAt: speaking.spokeAt(of),
    };
  }

  return {
    /** Resolves when the server counts this device among those in the call; the other one may come later. */
    connect(wanted) {
      outgoing = wanted;
      const isIn = new Promise<void>((resolve, reject) => {
        entered = resolve;
        refused = () => reject(new ApiError('calls-unavailable'));
        stops.push(clock.after(ENTERED_WITHIN_MS, () => reject(new ApiError('timeout'))));
      });
      beat();
      for (const there of admission.others) meet(there);
      return isIn;
    },
    send(wanted) {
      outgoing = wanted;
      other?.link.send(wanted, limits);
      tellPeople();
    },
    tell: (message) => other?.link.tell(message),
    measure: async () => (await other?.link.measure()) ?? [],
    limit(next) {
      limits = next;
      if (outgoing) other?.link.send(outgoing, next);
    },
    hear: sounds.hear,
    carries: (of) => of === other?.identity && other.link.isUp() && other.link.trackOf('microphone') !== null,
    setScreenVolume(of, volume) {
      const track = of === other?.identity && other.link.trackOf('screenSound');
      if (track) sounds.setVolume(track, volume);
    },
    useSpeaker: sounds.useSpeaker,
    setVolume(of, volume) {
      const voice = of === other?.identity ? other.link.voice() : null;
      if (voice) sounds.setVolume(voice, volume);
    },
    playSound: sounds.unblock,
    close() {
      if (isClosed) return;
      sayBye();
      isClosed = true;
      for (const stop of stops) stop();
      other?.link.close();
      sounds.play([]);
    },
  };
}

function every(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms);
  return () => clearInterval(timer);
}

function whenPageGoes(run: () => void): () => void {
  addEventListener('pagehide', run);
  return () => removeEventListener('pagehide', run);
}
