import type { PeerMessage } from '@dialog/shared/calls.peers';
import type { UserId } from '@dialog/shared/contract/values';
import { ApiError } from '../../platform/api.ts';
import type { ActiveCall, EndReason } from '../call.store.ts';
import { beginCall } from './beginCall.ts';
import { chosenSpeaker } from '../devices/devices.choice.ts';
import { createOwnShare } from '../share/own.share.ts';
import { createOwnAlone } from './own.alone.ts';
import { isBlock, isForGood } from './own.failures.ts';
import { createOwnGoingOn, type Going } from './own.goingOn.ts';
import { bringTo, createOwnFetching, isFetchMessage, sharesElsewhere, wantedOf } from './own.fetching.ts';
import { outgoingOf } from './own.outgoing.ts';
import { createOwnPeers, type PassingMessage } from './own.peers.ts';
import { createOwnPeople } from './own.people.ts';
import { createOwnReturn } from './own.return.ts';
import { createOwnSilences } from './own.silences.ts';
import { playEach } from './own.hearing.ts';
import { createOwnWays } from './own.ways.ts';
import type { SessionDeps } from './sessionDeps.ts';

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
  let isListed = false;
  /** `renewing`: another way is on its way, beside the one that there is or in its place. */
  let step: 'entering' | 'standing' | 'renewing' | 'over' = 'entering';
  const comingBack = createOwnReturn(deps);

  const tell = (message: PeerMessage, to?: string): void => ways.transport()?.tell(message, to);
  const peers = createOwnPeers({
    changed: () => people.again(),
    ...{ tell, passed: deps.told, isBlocked: deps.isBlocked },
  });
  const people = createOwnPeople({
    clock,
    describe: peers.describe,
    changed(everyone) {
      change({ people: everyone });
      alone.look(everyone);
    },
  });
  const alone = createOwnAlone({
    ...{ clock, end: deps.leftAlone },
    isWaiting: () => chatOf()?.kind === 'direct' && step === 'standing' && ways.isUp(),
    changed: (isLeft) => isLeft !== state.isLeft && change({ isLeft }),
  });
  const share = createOwnShare({
    pick: deps.pickScreen,
    ...{ hold: deps.holdStill, isInCall: () => step !== 'over' },
    tell: (shared) => peers.change({ share: shared }),
    changed(shared) {
      change({ share: shared, hasLeftShare: false });
      bringToWish();
    },
  });
  const fetching = createOwnFetching({
    ...{ clock, tell, leave: deps.fetchedAway },
    mine: () => ({ ...wantedOf(media), hand: peers.mine().hand }),
    takeOver({ hand, ...wanted }) {
      change({ hasLeftShare: sharesElsewhere(state.people) });
      peers.change({ hand });
      return bringTo(deps, wanted);
    },
  });
  const goingOn = createOwnGoingOn({
    ...{ chats, clock, goOn, leave: deps.leaveBehind },
    // Only a call of two goes on elsewhere: nobody in a group opens the microphone of another one in a chat of their choice.
    mayLead: (userId) => chatOf()?.kind === 'direct' && !isHeld && step !== 'over' && !deps.isBlocked(userId),
    tell: (message) => ways.each((transport) => transport.tell(message)),
  });
  const silences = createOwnSilences({
    ...deps,
    ...{ callId: () => callId, isHeld: () => isHeld },
    stopSharing: () => share.do({ act: 'stop' }),
    muted: () => change({ isSilenced: true }),
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
    linkChanged: showLink,
    silenced: silences.told,
    soundBlocked: (isSoundBlocked) => change({ isSoundBlocked }),
    compared: (comparison) => change({ comparison, wasDirect: state.wasDirect || comparison !== null }),
    sealed: (sealing) => change({ sealing }),
    stuck: () => void move(),
    closed: (reason) => (reason === 'replaced' ? end('replaced') : void renew()),
    tookOver() {
      peers.startOver();
      showLink();
      bringToWish();
    },
  });

  function change(part: Partial<ActiveCall>): void {
    state = { ...state, ...part };
    deps.changed();
  }

  const outgoing = () => outgoingOf(media.store.getState(), { isHeld, screen: share.tracks() });

  function bringToWish(): void {
    if (state.isSilenced && media.store.getState().microphone.isWanted) change({ isSilenced: false });
    const speaker = chosenSpeaker(media.store.getState());
    ways.each((transport) => {
      transport.send(outgoing());
      transport.limit(deps.limits());
      if (speaker !== undefined) transport.useSpeaker(speaker);
    });
  }

  const bringVolumes = () => ways.each((transport) => playEach(transport, state.people, deps));

  const chatOf = () => chats.store.getState().list.chats.get(chatId)?.summary.chat;
  const callOf = () => chatOf()?.call ?? null;

  /** The server ends calls and memberships, and moves calls; the page follows without waiting for the media to stop. */
  function followChat(): void {
    const { list, isKnown } = chats.store.getState();
    if (step === 'entering' || step === 'over' || !isKnown) return;
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
  async function connect(entered = (): void => {}): Promise<void> {
    const way = callOf()?.way;
    if (way === 'sfu') deps.prepareTransport(way);
    // Nobody keeps order in a direct call.
    const missed = way === 'direct' ? null : silences.follow();
    const [admission] = await Promise.all([deps.admit(callId, way), missed]);
    if (step === 'over') return;
    if (admission.way === 'direct') ways.close();
    if (ways.kind() === null) showLink();
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
  }

  /** What was under way has come, or came to nothing. */
  function settle(): void {
    if (step === 'over') return;
    step = 'standing';
    showLink();
    bringToWish();
    followChat();
  }

  /** As it is, whatever is on its way beside it. */
  function showLink(): void {
    if (step === 'entering') return;
    change({ link: ways.isUp() ? 'up' : 'lost', way: ways.kind() ?? state.way });
    alone.look(state.people);
    if (step === 'renewing') return;
    comingBack.stop();
    // A direct way says itself when it is stuck.
    if (!ways.isUp() && ways.kind() !== 'direct') comingBack.begin(() => void renew());
  }

  /** There is no way between the two devices: the call goes through the media server from now on. */
  async function move(): Promise<void> {
    if (step !== 'standing') return;
    try {
      await deps.moveCall(callId);
      await renew();
    } catch {
      // No media server, or no network: the direct way goes on trying, and says again that it is stuck.
    }
  }

  /** By a way beside the one that there is, as when a call moves. Rejects where there is none; this call then stays. */
  async function goOn(next: Going, ledBy: UserId | null): Promise<void> {
    if (step !== 'standing') throw new ApiError('calls-unavailable');
    const before = { chatId, callId, isSealed, isListed };
    step = 'renewing';
    goingOn.leaves(callId);
    ({ chatId, callId, isSealed } = next);
    isListed = false;
    try {
      await connect();
      goingOn.went();
      change({ ...next, ledBy });
    } catch (failure) {
      goingOn.leaves(null);
      ({ chatId, callId, isSealed, isListed } = before);
      throw failure;
    } finally {
      settle();
    }
  }

  /** Another way into the same call, with a fresh admission. */
  async function renew(): Promise<void> {
    if (step !== 'standing') return;
    step = 'renewing';
    if (ways.kind() === 'sfu') ways.close();
    showLink();
    await comingBack.keepTrying(tryOnce);
    settle();
  }

  /** Whether it worked, is no longer wanted, or the server says that it is over. */
  async function tryOnce(): Promise<boolean> {
    try {
      if (step !== 'over') await connect();
      return true;
    } catch (failure) {
      if (step !== 'over' && isForGood(failure))
        end(callOf()?.id === callId && !isBlock(failure) ? 'removed' : 'ended');
      return step === 'over';
    }
  }

  function close(): void {
    step = 'over';
    comingBack.stop();
    alone.cease();
    silences.end();
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
    followBlocks(): void {
      people.again();
      bringVolumes();
      if (ways.kind() === 'direct' && state.people.some(({ isBlocked }) => isBlocked)) end('ended');
    },
    /** The first way in. Rejects where there is none. `entered`: the server has let us in. */
    connect: (entered: () => void): Promise<void> => connect(entered).then(settle),
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
    tell: (message: PassingMessage) => tell(message),
    playSound: () => ways.transport()?.playSound(),
    measure: async () => ways.transport()?.measure() ?? [],
    close,
  };
}
