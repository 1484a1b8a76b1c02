import { callRoutes } from '@dialog/shared/calls';
import type { Chat } from '@dialog/shared/chats';
import { CallId, type ChatId, type DeviceId } from '@dialog/shared/contract/values';
import { uuidv7 } from 'uuidv7';
import { createStore } from 'zustand/vanilla';
import { ApiError, type Call } from '../../platform/api.ts';
import { type CallState, type EndReason, type Lobby, NO_CALL } from '../call.store.ts';
import type { Limits } from '../transport/media.transport.ts';
import type { JoinOptions, OwnCall } from './ownCall.ts';
import { createOwnAdmission, WAYS } from './own.admission.ts';
import { failureOf, knownFailure } from './own.failures.ts';
import type { Told } from './own.peers.ts';
import type { OwnSession } from './own.session.ts';
import type { SessionDeps, SessionParts } from './sessionDeps.ts';
import { isBlocked, onNewRelations } from './own.blocks.ts';
import { createOwnPreparing } from './own.preparing.ts';
import { createOwnVolumes, type VolumesKeepsake } from './own.volumes.ts';

interface Deps extends Pick<SessionDeps, 'chats' | 'media' | 'clock'> {
  readonly call: Call;
  readonly deviceId: DeviceId;
  readonly volumes: VolumesKeepsake;
  /** Comes with the first lobby. */
  readonly loadSession: () => Promise<{
    readonly createOwnSession: typeof import('./own.session.ts').createOwnSession;
    readonly parts: SessionParts;
  }>;
  /** Whether a call that begins here is to be sealed from end to end. */
  readonly wantsSealing: (chatId: ChatId) => boolean;
}

type Late = Awaited<ReturnType<Deps['loadSession']>>;

type Joining = JoinOptions & { readonly isFetching?: boolean };

interface Going {
  readonly chatId: ChatId;
  readonly callId: CallId;
  readonly startedAt: string;
  readonly isSealed: boolean;
  readonly claimed?: JoinOptions['claimed'];
}

/** The calls of this page, above every view: the lobby, the one I speak in, and at most one on hold. */
export function createOwnCall(deps: Deps): OwnCall {
  const { call, chats, media, deviceId, clock } = deps;
  const store = createStore<CallState>(() => NO_CALL);
  let active: OwnSession | null = null;
  let held: OwnSession | null = null;
  let joining: OwnSession | null = null;
  /** A call that rings for me, or counts me in, while I am not in it. */
  let begun: CallId | null = null;
  /** Raised whenever a way in is no longer wanted. */
  let turn = 0;
  let limits: Limits = { sent: 'full', received: 'full' };

  const hearers = new Set<(said: Told) => void>();
  const volumes = createOwnVolumes(deps.volumes);
  const admission = createOwnAdmission({ call, deviceId, clock, leave: sayLeft });
  const preparing = createOwnPreparing(deps);
  const stops = [
    media.store.subscribe(() => eachSession((session) => session.bringToWish())),
    chats.store.subscribe(() => eachSession((session) => session.followChat())),
    onNewRelations(chats, () => eachSession((session) => session.followBlocks())),
    volumes.store.subscribe(() => eachSession((session) => session.bringVolumes())),
  ];

  function eachSession(act: (session: OwnSession) => void): void {
    for (const session of [active, held, joining]) if (session) act(session);
  }

  function set(part: Partial<CallState> = {}): void {
    store.setState({ ...part, active: active?.state() ?? null, held: held?.state() ?? null });
  }

  function callOf(chatId: ChatId) {
    return chats.store.getState().list.chats.get(chatId)?.summary.chat.call ?? null;
  }

  function begin({ createOwnSession, parts }: Late, { claimed, ...going }: Going): OwnSession {
    const session = createOwnSession(
      {
        ...deps,
        ...parts,
        admit: (callId, way) => admission.take(callId, { way, claimed }),
        limits: () => limits,
        volumeOf: (userId) => volumes.store.getState().get(userId) ?? 1,
        isBlocked: (userId) => isBlocked(chats, userId),
        changed: () => (session === active || session === held) && set(),
        told(said) {
          if (session === active) for (const hear of hearers) hear(said);
        },
        leaveBehind: sayLeft,
        over: (reason) => drop(session, reason),
        fetchedAway: () => hangUp(session, 'fetched'),
        leftAlone: () => hangUp(session, 'ended'),
      },
      going,
    );
    return session;
  }

  /** Null reason: one left, which needs no words. */
  function drop(session: OwnSession, reason: EndReason | null): void {
    session.close();
    if (session === active) active = null;
    else if (session === held) held = null;
    else if (session === joining) {
      stopJoining();
      // Another page of this browser has it now, and is not to be put out.
      begun = null;
      set({ lobby: null });
    } else return;
    set(reason ? { ended: { chatId: session.chatId(), reason } } : {});
    closeMedia();
  }

  function hangUp(session: OwnSession | null, reason: EndReason | null = null): void {
    if (!session) return;
    drop(session, reason);
    sayLeft(session.callId());
  }

  /** Whoever turns away from a door does not leave it ringing. */
  function turnAway({ isJoining }: Lobby): void {
    if (isJoining) stopJoining();
    if (begun) sayLeft(begun);
    begun = null;
  }

  /** Whether one goes through this door already; another one is turned away from. */
  function isAtDoor(chatId: ChatId): boolean {
    const { lobby } = store.getState();
    if (lobby && lobby.chatId !== chatId) turnAway(lobby);
    return lobby?.chatId === chatId && lobby.isJoining;
  }

  /** Only a courtesy: the server sees by itself that this device is gone. */
  function sayLeft(callId: CallId): void {
    call(callRoutes.leaveCall, { params: { callId }, body: { deviceId } }).catch(() => {});
  }

  function closeMedia(): void {
    if (!active && !held && !store.getState().lobby) media.close();
  }

  /** The one I speak in goes on hold, and the one on hold is the one I speak in. */
  function swap(): void {
    [active, held] = [held, active];
    held?.hold(true);
    active?.hold(false);
    active?.change({ isStageOpen: true });
    set();
  }

  async function joinFromLobby(chatId: ChatId, options: Joining): Promise<void> {
    const { holding: isHolding = false, claimed, isFetching = false } = options;
    stopJoining();
    const mine = turn;
    let session: OwnSession | null = null;
    // Muted but while the key is held: also before anybody listens for keys.
    if (media.store.getState().habits.isPushToTalk) media.want('microphone', false);
    set({ lobby: { chatId, isJoining: true, failure: null } });
    if (!isHolding) hangUp(active);
    try {
      const going = callOf(chatId) ?? start(chatId, mine, claimed !== undefined);
      const [late, { id, startedAt, isSealed }] = await Promise.all([deps.loadSession(), going]);
      if (mine !== turn) return;
      session = begin(late, { chatId, callId: id, startedAt, isSealed: isSealed === true, claimed });
      joining = session;
      if (isFetching) session.fetch();
      await session.connect(enter);
    } catch (failure) {
      if (isWaitedFor(session, mine)) fail(chatId, failure);
    }
  }

  /** Whether somebody stands at the door for it. Left, or put out, meanwhile is said already; what else there is goes. */
  function isWaitedFor(session: OwnSession | null, mine: number): boolean {
    if (mine === turn && [null, active, joining].includes(session)) return true;
    if (session === active || session === held) hangUp(session);
    return false;
  }

  /** Back to the lobby, where the way out stands beside what went wrong. */
  function fail(chatId: ChatId, failure: unknown): void {
    const code = failureOf(failure);
    set({ lobby: { chatId, isJoining: false, failure: code } });
    if (joining) stopJoining();
    else if (active?.chatId() === chatId) {
      begun = active.callId();
      drop(active, null);
    }
  }

  /** The server has let us in: what I spoke in so far goes on hold. */
  function enter(): void {
    if (active) {
      hangUp(held);
      held = active;
      held.hold(true);
    }
    active = joining;
    joining = null;
    begun = null;
    set({ lobby: null, ended: null });
  }

  async function start(chatId: ChatId, mine: number, isAnswer: boolean): Promise<NonNullable<Chat['call']>> {
    // Whoever answers a call that is over calls nobody back by that.
    if (isAnswer) throw new ApiError('call-not-found');
    const chat = await call(callRoutes.startCall, {
      params: { chatId },
      body: {
        id: CallId.parse(uuidv7()),
        ways: WAYS,
        isVideo: media.store.getState().camera.isWanted,
        isSealed: deps.wantsSealing(chatId),
      },
    });
    if (!chat.call) throw new ApiError('call-not-found');
    if (mine === turn) begun = chat.call.id;
    else sayLeft(chat.call.id);
    return chat.call;
  }

  /** What was on its way in is not wanted any more. */
  function stopJoining(): void {
    turn += 1;
    joining?.close();
    joining = null;
  }

  return {
    store,
    media,
    volumes,
    prepare: preparing.prepare,
    openLobby(chatId) {
      if (active?.chatId() === chatId) return active.change({ isStageOpen: true });
      if (held?.chatId() === chatId) return swap();
      if (isAtDoor(chatId)) return;
      const going = callOf(chatId);
      set({ ended: null, lobby: { chatId, isJoining: false, failure: knownFailure(going) } });
      media.open();
      preparing.bring(going?.way);
      // Being let into a direct call is being in it: another page of this browser would be put out.
      if (going?.way === 'sfu') admission.prepare(going.id);
    },
    closeLobby() {
      const { lobby } = store.getState();
      if (lobby) turnAway(lobby);
      set({ lobby: null });
      closeMedia();
    },
    join(options = {}) {
      const { lobby } = store.getState();
      if (!lobby || lobby.isJoining) return;
      const going = options.claimed && callOf(lobby.chatId);
      if (going) admission.prepare(going.id);
      void joinFromLobby(lobby.chatId, options);
    },
    fetch(chatId) {
      if (store.getState().lobby?.isJoining === true) return;
      for (const kind of ['microphone', 'camera'] as const) media.want(kind, false);
      media.open();
      void joinFromLobby(chatId, { isFetching: true });
    },
    goOn: async (going) => active?.lead(going),
    leave: () => hangUp(active),
    hold: () => active && swap(),
    resume: () => held && swap(),
    leaveHeld: () => hangUp(held),
    showStage: (isStageOpen) => active?.change({ isStageOpen }),
    showChat: (isChatOpen) => active?.change({ isChatOpen }),
    share: (what) => active?.share(what),
    setScreenVolume: (identity, volume) => active?.setScreenVolume(identity, volume),
    sayLinkIsPoor: (isPoor) => active?.sayLinkIsPoor(isPoor),
    raiseHand: (isUp) => active?.raiseHand(isUp),
    tell: (message) => active?.tell(message),
    onTold(hear) {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    playSound: () => eachSession((session) => session.playSound()),
    measure: async () => (await active?.measure()) ?? [],
    limit(next) {
      limits = next;
      eachSession((session) => session.bringToWish());
    },
    dismissEnd: () => set({ ended: null }),
    stop() {
      for (const halt of stops) halt();
      stopJoining();
      eachSession((session) => drop(session, null));
      media.close();
    },
  };
}
