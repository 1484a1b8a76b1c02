import { CALL_BEAT_MS, directCallRoutes } from '@dialog/shared/calls.direct';
import type { CallSignal, directCallEvents } from '@dialog/shared/calls.direct.values';
import type { EntryAddress, EntryId } from '@dialog/shared/calls.values';
import type { PayloadOf } from '@dialog/shared/contract/events';
import type { DeviceId, UserId } from '@dialog/shared/contract/values';
import { ApiError, type Call } from '../../../platform/api.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Socket } from '../../../platform/socket.ts';
import type { Admission, Entrance, Limits, MediaTransport, Outgoing, TransportEvents } from '../media.transport.ts';
import { followNetwork } from '../network.ts';
import { identityOf, userOf } from '../identity.ts';
import { createDescribing } from './describing.ts';
import { createDirectLink, type DirectLink } from './direct.link.ts';
import { createHoldingBack } from './holdingBack.ts';
import { createIceServers } from './iceServers.ts';
import { createMyEntry } from './myEntry.ts';
import { createSaying } from './saying.ts';
import { createSounds } from './sounds.ts';
import { connectionFrom, makeSpare, type Spare, type Spares } from './spare.ts';
import { createSpeaking } from './speaking.ts';
import { every, whenPageGoes } from './untilStopped.ts';

export { createSpares } from './spare.ts';

const LOOK_EVERY_MS = 250;
const ENTERED_WITHIN_MS = 8_000;
/** Of a goodbye that goes by the server, while the connection closes at once. */
const BYE_WITHIN_MS = 1_000;
/** The offer is more urgent; but the other one hears of this device by its beat. */
const BEATS_WITHIN_MS = 100;

export interface DirectDeps {
  readonly call: Call;
  readonly socket: Pick<Socket, 'on' | 'onConnected' | 'signal'>;
  readonly clock: Clock;
  readonly spares: Pick<Spares, 'take'>;
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

type Entries = Pick<PayloadOf<(typeof directCallEvents)['callEntriesChanged']>, 'entries' | 'admitted'>;

/** The other device. */
interface Other {
  readonly entry: EntryAddress;
  readonly identity: string;
  readonly link: DirectLink;
}

/**
 * From one device to the other, without a media server between. Who is in the call the server says; everything else the
 * two say to each other. Whom it no longer names goes on being heard for as long as there is a way to them: their
 * lease ends as well when they alone do not reach the server, and begins again. Another entry is another page, whose
 * connection is a new one; the one before has no other end any more, and is closed at once.
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
  // Whoever comes where somebody is begins.
  let spare: Spare | null = await (admission.others.length > 0
    ? deps.spares.take()
    : makeSpare({ isBeginning: false }));
  // The same for each connection of this way: what is compared changes when somebody else comes in between, and only then.
  const { certificate } = spare;
  const ice = createIceServers(admission, {
    clock,
    certificate,
    ask: () => call(directCallRoutes.renewIceServers, { params: { callId }, body: { deviceId: me.deviceId } }),
  });
  let outgoing: Outgoing | undefined;
  let limits: Limits = { sent: 'full', received: 'full' };
  let other: Other | null = null;
  /** The server names the other one no longer. */
  let isUnnamed = false;
  /** Entries that do not come back: of who said goodbye, and of whom there was no way to any more. */
  let left: EntryId | null = null;
  let lost: EntryId | null = null;
  let hasEntered = false;
  let isClosed = false;
  let hasBeaten = false;
  let entered = (): void => {};
  let refused = (): void => {};

  const say = createSaying({
    ...{ call, clock, callId, deviceId: me.deviceId, entryId },
    isThere: (to) => !isClosed && other?.entry === to,
  });
  const mine = createMyEntry({
    ...{ identity, entryId, beat },
    out: (reason) => (hasEntered ? events.closed(reason) : refused()),
  });
  const sounds = createSounds({ blocked: events.soundBlocked });
  const speaking = createSpeaking(clock.now, identity);
  const describe = createDescribing({ names: deps.names, speaking });
  const holdingBack = createHoldingBack({ clock, over: tellPeople });
  const stops = [
    socket.on('callEntriesChanged', (told) => {
      if (told.callId === callId) takeEntries(told);
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
    every(LOOK_EVERY_MS, () => other && speaking.look(other) && tellPeople()),
    whenPageGoes(sayBye),
  ];

  function sayBye(): void {
    if (!other) return;
    other.link.sayBye();
    say({ kind: 'bye' }, other.entry);
  }

  function beat(): void {
    hasBeaten = true;
    socket.signal('beatCall', { callId, deviceId: me.deviceId, entryId });
  }

  function beatFirst(): void {
    if (!hasBeaten && !isClosed) beat();
  }

  function takeEntries({ entries, admitted }: Entries): void {
    if (!mine.isAmong(entries)) return;
    // Taken out, as by a sign-out.
    if (other && admitted?.includes(other.entry.entryId) === false) part();
    const there = entries.find((one) => one.entryId !== entryId);
    isUnnamed = !there;
    if (there) meet(there);
    hasEntered = true;
    followLink();
  }

  function takeSignal(from: EntryAddress, signal: CallSignal): void {
    if (signal.kind === 'bye') takeBye(from);
    // Entries and signals come by different ways: whoever speaks is there.
    else if (!isPast(from)) meet(from)?.link.take(signal);
  }

  /** They have come anew since. */
  function isPast(from: EntryAddress): boolean {
    return other !== null && from.entryId < other.entry.entryId;
  }

  /** By both ways; one of them is enough. */
  function takeBye(from: EntryAddress): void {
    if (isPast(from) || from.entryId === left) return;
    left = from.entryId;
    events.left(identityOf(from));
    part();
    tellPeople();
  }

  function followLink(): void {
    if (isUnnamed && other && !other.link.isUp()) part();
    tellPeople();
  }

  /** Their end of the connection is closed. Without a goodbye they may be there all the same: both begin anew. */
  function takeEnd(of: EntryAddress): void {
    stops.push(clock.after(BYE_WITHIN_MS, () => other?.entry === of && events.closed('lost')));
  }

  /** Null: not by this entry of theirs. */
  function meet({ userId, deviceId, entryId: theirs }: EntryAddress): Other | null {
    if (other?.entry.entryId === theirs) return other;
    if (theirs === left) return null;
    if (theirs === lost) {
      // They have a connection still of which this side is closed.
      events.closed('lost');
      return null;
    }
    part();
    const entry = { userId, deviceId, entryId: theirs };
    // Entries are numbered as they come, and both sides see the same two.
    const isBeginning = entryId > theirs;
    const met: Other = {
      entry,
      identity: identityOf(entry),
      link: createDirectLink({
        me: identity,
        other: identityOf(entry),
        isBeginning,
        ...connectionFrom(spare, { isBeginning, configuration: ice.configuration() }),
        refresh: ice.refresh,
        clock,
        send(signal) {
          say(signal, entry);
          beatFirst();
        },
        told: (message) => events.told({ identity: identityOf(entry), message }),
        changed: followLink,
        linkChanged: events.linkChanged,
        stuck: events.stuck,
        compared: events.compared,
        left: () => takeBye(entry),
        ended: () => takeEnd(entry),
      }),
    };
    spare = null;
    other = met;
    isUnnamed = false;
    holdingBack.begin();
    if (outgoing) met.link.send(outgoing, limits);
    return met;
  }

  /** The other one is gone: alone one has nothing to lose. */
  function part(): void {
    if (!other) return;
    if (other.link.isLost()) lost = other.entry.entryId;
    other.link.close();
    other = null;
    events.compared(null);
    events.linkChanged(true);
  }

  function tellPeople(): void {
    if (isClosed || !hasEntered) return;
    const link = other?.link;
    sounds.play([link?.voice(), link?.trackOf('screenSound')].flatMap((track) => track ?? []));
    if (link && holdingBack.isOn(link.isUp())) return;
    entered();
    const mySelf = describe.me({ ...me, identity }, outgoing);
    events.peopleChanged([mySelf, ...(other ? [describe.other(other.entry, other.link)] : [])]);
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
      for (const there of admission.others) meet(there);
      if (other) stops.push(clock.after(BEATS_WITHIN_MS, beatFirst));
      else beat();
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
      for (const stop of [...stops, holdingBack.end]) stop();
      other?.link.close();
      spare?.connection.close();
      sounds.play([]);
    },
  };
}
