import type { UserId } from '@dialog/shared/contract/values';
import { ApiError } from '../../platform/api.ts';
import type { ActiveCall, EndReason } from '../call.store.ts';
import { beginCall } from './beginCall.ts';
import { chosenSpeaker } from '../devices/devices.choice.ts';
import { createOwnShare } from '../share/own.share.ts';
import type { Outgoing } from '../transport/media.transport.ts';
import { isForGood } from './own.failures.ts';
import { createOwnGoingOn, type Going } from './own.goingOn.ts';
import { bringTo, createOwnFetching, isFetchMessage, startedIn, wantedOf } from './own.fetching.ts';
import { createOwnPeers, type PassingMessage } from './own.peers.ts';
import { createOwnPeople } from './own.people.ts';
import { playEach } from './own.hearing.ts';
import { createOwnWays } from './own.ways.ts';
import type { SessionDeps } from './sessionDeps.ts';

/** The library tries to get back by itself first; after this we come back with a fresh token. */
const OWN_TRY_AFTER_MS = 6_000;
/** Tries to get back: soon, then ever less often, and never all at once. */
const RETRY_FIRST_MS = 400;
const RETRY_MAX_MS = 5_000;

const SILENCE: Outgoing = { microphone: null, isMuted: true, camera: null, screen: null };

export type OwnSession = ReturnType<typeof createOwnSession>;

/**
 * One call of this page, active or on hold. What I want (muted, camera, shared screen) is kept in `media` and `share`,
 * and each transport is brought to it, the first and every later one: the network never unmutes anyone.
 */
export function createOwnSession(
  deps: SessionDeps,
  call: Pick<ActiveCall, 'chatId' | 'callId' | 'startedAt' | 'isSealed'>,
) {
  const { chats, media, clock } = deps;
  let { chatId, callId, isSealed } = call;
  let state = beginCall(call);
  let isHeld = false;
  let isOver = false;
  let isListed = false;
  let isRenewing = false;
  /** Raised whenever what is under way is no longer wanted. */
  let turn = 0;
  let stopTimer: (() => void) | undefined;

  const peers = createOwnPeers({
    tell: (message, to) => ways.transport()?.tell(message, to),
    changed: () => people.again(),
    ...{ passed: deps.told, isBlocked: deps.isBlocked },
  });
  const people = createOwnPeople({
    clock,
    describe: peers.describe,
    changed: (everyone) => change({ people: everyone }),
  });
  const share = createOwnShare({
    pick: deps.pickScreen,
    ...{ hold: deps.holdStill, isInCall: () => !isOver },
    tell: (shared) => peers.change({ share: shared }),
    changed(shared) {
      change({ share: shared });
      bringToWish();
    },
  });
  const fetching = createOwnFetching({
    clock,
    tell: (message, to) => ways.transport()?.tell(message, to),
    mine: () => ({ ...wantedOf(media), hand: peers.mine().hand }),
    async takeOver({ hand, ...wanted }) {
      bringTo(media, wanted);
      peers.change({ hand });
      await startedIn({ media, clock });
    },
    leave: deps.fetchedAway,
  });
  const goingOn = createOwnGoingOn({
    ...{ chats, clock, goOn, leave: deps.leaveBehind },
    tell: (message) => ways.each((transport) => transport.tell(message)),
  });
  const ways = createOwnWays({
    clock,
    changed(present) {
      people.take(present);
      peers.meet(present);
      bringVolumes();
      fetching.meet(present);
    },
    told({ identity, message }) {
      if (isFetchMessage(message)) fetching.take(identity, message);
      else if (message.kind === 'goOn') void goingOn.follow(identity, message);
      else peers.take({ identity, message });
    },
    left: people.left,
    linkChanged: takeLink,
    // Becomes my own wish, whether or not our server can tell me of it: no way back undoes it.
    silenced(source) {
      if (source === 'screen') return share.do({ act: 'stop' });
      media.want(source, false);
      if (source === 'microphone') change({ isSilenced: true });
    },
    soundBlocked: (isSoundBlocked) => change({ isSoundBlocked }),
    compared: (comparison) => change({ comparison }),
    sealed: (sealing) => change({ sealing }),
    stuck: () => void move(),
    closed: (reason) => (reason === 'replaced' ? end('replaced') : void renew()),
    tookOver() {
      peers.startOver();
      change({ link: 'up' });
      bringToWish();
    },
  });

  function change(part: Partial<ActiveCall>): void {
    state = { ...state, ...part };
    deps.changed();
  }

  function outgoing(): Outgoing {
    if (isHeld) return SILENCE;
    const { microphone, camera } = media.store.getState();
    return {
      microphone: microphone.track,
      isMuted: !microphone.isWanted,
      camera: camera.track,
      screen: share.tracks(),
    };
  }

  function bringToWish(): void {
    if (state.isSilenced && media.store.getState().microphone.isWanted) change({ isSilenced: false });
    const speaker = chosenSpeaker(media.store.getState());
    ways.each((transport) => {
      transport.send(outgoing());
      transport.limit(deps.limits());
      if (speaker !== undefined) transport.useSpeaker(speaker);
    });
  }

  function bringVolumes(): void {
    ways.each((transport) => playEach(transport, state.people, deps));
  }

  const callOf = () => chats.store.getState().list.chats.get(chatId)?.summary.chat.call ?? null;

  /** The server ends calls and memberships, and moves calls; the page follows without waiting for the media to stop. */
  function followChat(): void {
    const { list, isKnown } = chats.store.getState();
    if (isOver || state.link === 'connecting' || !isKnown) return;
    if (!list.chats.has(chatId)) return end('removed');
    const listed = callOf();
    // A call just started here may reach the list a moment later.
    if (listed?.id !== callId) return isListed ? end('ended') : undefined;
    isListed = true;
    if (listed.way === 'sfu' && ways.isDirect()) void renew();
  }

  function end(reason: EndReason): void {
    close();
    deps.over(reason);
  }

  /** One way in. Beside a direct one that there is: the call then goes on by it until the new one carries as much. */
  async function connect(mine: number, entered = (): void => {}): Promise<void> {
    const way = callOf()?.way;
    if (way) deps.prepareTransport(way);
    const admission = await deps.admission.take(callId, way);
    if (mine !== turn) return;
    if (admission.way === 'direct') ways.close();
    await ways.open(
      admission.way,
      (events) => deps.openTransport({ chatId, callId, isSealed, admission }, events),
      async (transport) => {
        peers.startOver();
        const isIn = transport.connect(outgoing());
        // Directly that is a moment, in which the first words go out; a stage that is drawn would keep them waiting.
        if (admission.way === 'direct') await isIn;
        entered();
        return isIn;
      },
    );
    if (mine !== turn) return;
    change({ link: 'up' });
    bringToWish();
    followChat();
  }

  function takeLink(isUp: boolean): void {
    if (state.link === 'connecting' || isRenewing) return;
    stopTimer?.();
    change({ link: isUp ? 'up' : 'lost' });
    // A direct way says itself when it is stuck.
    if (!isUp && ways.kind() === 'sfu') stopTimer = clock.after(OWN_TRY_AFTER_MS, () => void renew());
  }

  /** There is no way between the two devices: the call goes through the media server from now on. */
  async function move(): Promise<void> {
    if (isRenewing) return;
    try {
      await deps.moveCall(callId);
      await renew();
    } catch {
      // No media server, or no network: the direct way goes on trying, and says again that it is stuck.
    }
  }

  /** By a way beside the one that there is, as when a call moves. Rejects where there is none; this call then stays. */
  async function goOn(next: Going, ledBy: UserId | null): Promise<void> {
    if (isRenewing || isOver || state.link === 'connecting') throw new ApiError('calls-unavailable');
    const before = { chatId, callId, isSealed, isListed };
    isRenewing = true;
    ({ chatId, callId, isSealed } = next);
    isListed = false;
    turn += 1;
    try {
      await connect(turn);
      goingOn.went(before.callId);
      change({ ...next, ledBy });
    } catch (failure) {
      if (!isOver) ({ chatId, callId, isSealed, isListed } = before);
      throw failure;
    } finally {
      isRenewing = false;
    }
  }

  /** Another way into the same call, with a fresh admission. */
  async function renew(): Promise<void> {
    if (isRenewing || isOver || state.link === 'connecting') return;
    isRenewing = true;
    stopTimer?.();
    if (ways.kind() === 'sfu') ways.close();
    if (ways.kind() === null) change({ link: 'lost' });
    turn += 1;
    await tryUntilIn(turn);
    isRenewing = false;
  }

  /** Until it works or the server says that it is over. */
  async function tryUntilIn(mine: number): Promise<void> {
    for (let attempt = 0; mine === turn; attempt += 1) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- one try after the other
        return await connect(mine);
      } catch (failure) {
        if (isForGood(failure) && mine === turn) return end(callOf()?.id === callId ? 'removed' : 'ended');
      }
      // oxlint-disable-next-line no-await-in-loop -- the pause between them
      await pause(Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** attempt) * (0.7 + 0.3 * deps.random()));
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      stopTimer = clock.after(ms, resolve);
    });
  }

  function close(): void {
    turn += 1;
    isOver = true;
    stopTimer?.();
    goingOn.end();
    ways.close();
    share.end();
    fetching.end();
    people.clear();
  }

  return {
    chatId: () => chatId,
    callId: () => callId,
    state: () => state,
    change,
    bringToWish,
    bringVolumes,
    followChat,
    followBlocks: () => (people.again(), bringVolumes()),
    /** The first way in. Rejects where there is none. `entered`: the server has let us in. */
    connect: (entered: () => void): Promise<void> => connect(turn, entered),
    /** Takes the call over from another device of mine, as soon as that is met. */
    fetch: fetching.begin,
    /** Takes everyone in it along into a call that I began in another chat. */
    lead: goingOn.lead,
    /** On hold the call goes on without me: nothing is sent, nothing is played, and the others know. */
    hold(isOnHold: boolean): void {
      isHeld = isOnHold;
      peers.change({ isOnHold });
      bringToWish();
      ways.hear(!isOnHold);
    },
    share: share.do,
    setScreenVolume: (identity: string, volume: number) => ways.transport()?.setScreenVolume(identity, volume),
    sayLinkIsPoor: (isLinkPoor: boolean) => peers.change({ isLinkPoor }),
    raiseHand: (isUp: boolean) => peers.change({ hand: isUp ? clock.now() : null }),
    tell: (message: PassingMessage) => ways.transport()?.tell(message),
    playSound: () => ways.transport()?.playSound(),
    measure: async () => ways.transport()?.measure() ?? [],
    close,
  };
}
