import { callRoutes } from '@dialog/shared/calls';
import { CallId, type ChatId, type DeviceId } from '@dialog/shared/contract/values';
import { uuidv7 } from 'uuidv7';
import { createStore } from 'zustand/vanilla';
import type { ChatSync } from '../../chats/chats.sync.ts';
import { ApiError, type Call } from '../../platform/api.ts';
import type { Clock } from '../../platform/clock.ts';
import {
  type ActiveCall,
  type CallState,
  changeActive,
  type EndReason,
  enter,
  failToEnter,
  leave,
  NO_CALL,
  openLobby,
} from '../call.store.ts';
import type { LocalMedia } from '../devices/local.media.ts';
import type { OwnCall } from './ownCall.ts';
import { createOwnAdmission } from './own.admission.ts';
import { createOwnPeers } from './own.peers.ts';
import { createOwnPeople } from './own.people.ts';
import { createOwnShare } from '../share/own.share.ts';
import type { Limits, MediaTransport, OpenTransport, Outgoing, TransportEvents } from '../transport/media.transport.ts';

/** The library tries to get back by itself first; after this we come back with a fresh token. */
const OWN_TRY_AFTER_MS = 6_000;
/** Tries to get back: soon, then ever less often, and never all at once. */
const RETRY_FIRST_MS = 400;
const RETRY_MAX_MS = 5_000;

const NO_LIMITS: Limits = { sent: 'full', received: 'full' };

interface Deps {
  readonly call: Call;
  readonly chats: Pick<ChatSync, 'store'>;
  readonly media: LocalMedia;
  readonly deviceId: DeviceId;
  readonly openTransport: OpenTransport;
  readonly clock: Clock;
  readonly random: () => number;
  /** `wss://…` of this page. */
  readonly origin: string;
}

/**
 * The one call of this page, above every view. What I want (muted, camera, shared screen) is kept here and in
 * `media`, and each transport is brought to it, the first and every later one: the network never unmutes anyone.
 */
export function createOwnCall(deps: Deps): OwnCall {
  const { call, chats, media, deviceId, clock } = deps;
  const store = createStore<CallState>(() => NO_CALL);
  let transport: MediaTransport | null = null;
  /** Raised whenever what is under way is no longer wanted. */
  let turn = 0;
  let listedCall: CallId | null = null;
  let limits: Limits = NO_LIMITS;
  let stopTimer: (() => void) | undefined;

  const admission = createOwnAdmission({ call, deviceId, clock });
  const peers = createOwnPeers({
    tell: (message, to) => transport?.tell(message, to),
    changed: () => store.getState().active && people.again(),
  });
  const people = createOwnPeople({
    clock,
    describe: peers.describe,
    changed: (everyone) => change({ people: everyone }),
  });
  const share = createOwnShare({
    media,
    isInCall: () => store.getState().active !== null,
    changed(state) {
      change({ share: state });
      bringToWish();
    },
  });
  const stops = [media.store.subscribe(() => bringToWish()), chats.store.subscribe(followChat)];

  function update(next: (state: CallState) => CallState): void {
    store.setState(next(store.getState()), true);
  }

  function change(part: Partial<ActiveCall>): void {
    update((state) => changeActive(state, part));
  }

  function outgoing(): Outgoing {
    const { microphone, camera } = media.store.getState();
    return {
      microphone: microphone.track,
      isMuted: !microphone.isWanted,
      camera: camera.track,
      screen: share.tracks(),
    };
  }

  function bringToWish(): void {
    transport?.send(outgoing());
    transport?.limit(limits);
    const { devices, choice } = media.store.getState();
    const speaker = devices.speaker.find((one) => one.label === choice.speaker);
    if (speaker) transport?.useSpeaker(speaker.id);
  }

  function callOf(chatId: ChatId) {
    return chats.store.getState().list.chats.get(chatId)?.summary.chat.call ?? null;
  }

  /** The server ends calls and memberships; the page follows without waiting for the media to stop. */
  function followChat(): void {
    const { active } = store.getState();
    const { list, isKnown } = chats.store.getState();
    if (!active || active.link === 'connecting' || !isKnown) return;
    if (!list.chats.has(active.chatId)) return finish('removed');
    // A call just started here may reach the list a moment later.
    if (callOf(active.chatId)?.id === active.callId) listedCall = active.callId;
    else if (listedCall === active.callId) finish('ended');
  }

  async function joinFromLobby(chatId: ChatId): Promise<void> {
    if (store.getState().active) finish(null);
    const mine = (turn += 1);
    update((state) => ({ ...state, lobby: { chatId, isJoining: true, failure: null } }));
    try {
      const { id, startedAt } = callOf(chatId) ?? (await start(chatId));
      if (mine !== turn) return;
      await connect({ chatId, callId: id, mine }, () =>
        update((state) => enter(state, { chatId, callId: id, startedAt })),
      );
    } catch (failure) {
      if (mine === turn) fail(chatId, failure);
    }
  }

  function fail(chatId: ChatId, failure: unknown): void {
    turn += 1;
    closeTransport();
    update((state) => failToEnter(state, chatId, failure instanceof ApiError ? failure.code : 'no-media'));
  }

  async function start(chatId: ChatId): Promise<NonNullable<ReturnType<typeof callOf>>> {
    const chat = await call(callRoutes.startCall, { params: { chatId }, body: { id: CallId.parse(uuidv7()) } });
    if (!chat.call) throw new ApiError('call-not-found');
    return chat.call;
  }

  /** The library loads while the token is on its way. */
  async function connect(way: { chatId: ChatId; callId: CallId; mine: number }, entered: () => void): Promise<void> {
    const [admitted, opened] = await Promise.all([admission.take(way.callId), deps.openTransport(eventsFor(way.mine))]);
    if (way.mine !== turn) return opened.close();
    transport = opened;
    peers.startOver();
    entered();
    await opened.connect({ url: `${deps.origin}${admitted.mediaPath}`, token: admitted.token }, outgoing());
    if (way.mine !== turn) return;
    change({ link: 'up' });
    bringToWish();
    followChat();
  }

  function eventsFor(mine: number): TransportEvents {
    const ifMine =
      <T>(hear: (told: T) => void) =>
      (told: T): void => {
        if (mine === turn) hear(told);
      };
    return {
      peopleChanged: ifMine((present) => {
        people.take(present);
        peers.meet(present);
      }),
      told: ifMine(peers.take),
      left: ifMine(people.left),
      linkChanged: ifMine(takeLink),
      closed: ifMine((reason) => (reason === 'replaced' ? finish('replaced') : void comeBack())),
      soundBlocked: ifMine((isSoundBlocked) => change({ isSoundBlocked })),
    };
  }

  function takeLink(isUp: boolean): void {
    stopTimer?.();
    if (store.getState().active?.link === 'connecting') return;
    change({ link: isUp ? 'up' : 'lost' });
    if (!isUp) stopTimer = clock.after(OWN_TRY_AFTER_MS, () => void comeBack());
  }

  /** Back into the same call with a fresh token, until it works or the server says that it is over. */
  async function comeBack(): Promise<void> {
    const { active } = store.getState();
    if (!active) return;
    if (active.link === 'connecting') return; // Being connected reports its own failure.
    const { chatId, callId } = active;
    closeTransport();
    const mine = (turn += 1);
    change({ link: 'lost' });
    for (let attempt = 0; mine === turn; attempt += 1) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- one try after the other
        await connect({ chatId, callId, mine }, () => {});
        return;
      } catch (failure) {
        if (mine !== turn) return;
        closeTransport();
        if (failure instanceof ApiError && failure.code === 'call-not-found')
          return finish(callOf(chatId) ? 'removed' : 'ended');
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

  function closeTransport(): void {
    transport?.close();
    transport = null;
  }

  function finish(reason: EndReason | null): void {
    turn += 1;
    stopTimer?.();
    closeTransport();
    share.end();
    people.clear();
    peers.clear();
    update((state) => leave(state, reason));
    if (!store.getState().lobby) media.close();
  }

  return {
    store,
    media,
    openLobby(chatId) {
      update((state) => openLobby(state, chatId));
      if (!store.getState().lobby) return;
      media.open();
      const going = callOf(chatId);
      if (going) admission.prepare(going.id);
    },
    closeLobby() {
      const { lobby, active } = store.getState();
      if (lobby?.isJoining === true) turn += 1;
      update((state) => ({ ...state, lobby: null }));
      if (!active) media.close();
    },
    join() {
      const { lobby } = store.getState();
      if (lobby && !lobby.isJoining) void joinFromLobby(lobby.chatId);
    },
    leave() {
      const { active } = store.getState();
      if (!active) return;
      finish(null);
      // Only a courtesy: the server sees by itself that this device is gone.
      call(callRoutes.leaveCall, { params: { callId: active.callId }, body: { deviceId } }).catch(() => {});
    },
    showStage: (isStageOpen) => change({ isStageOpen }),
    show: (view) => change({ view }),
    pin(tileId) {
      const { active } = store.getState();
      change({ pinned: active?.pinned === tileId ? null : tileId });
    },
    share: (mode) => void share.pick(mode),
    stopSharing: share.stop,
    raiseHand: (isUp) => peers.change({ hand: isUp ? clock.now() : null }),
    tell: (message) => transport?.tell(message),
    onTold: peers.onTold,
    playSound: () => transport?.playSound(),
    measure: async () => transport?.measure() ?? [],
    limit(next) {
      limits = next;
      transport?.limit(next);
    },
    dismissEnd: () => update((state) => ({ ...state, ended: null })),
    stop() {
      for (const halt of stops) halt();
      finish(null);
      media.close();
    },
  };
}
