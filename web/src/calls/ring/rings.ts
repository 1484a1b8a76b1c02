import { ringRoutes } from '@dialog/shared/calls.ring';
import { type Ring } from '@dialog/shared/calls.ring.values';
import type { CallId, ChatId, DeviceId, UserId } from '@dialog/shared/contract/values';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { ApiError, type Call } from '../../platform/api.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Socket } from '../../platform/socket.ts';
import type { Lobby } from '../call.store.ts';
import type { OwnCall } from '../own/ownCall.ts';
import { type Incoming, NOTHING_RINGS, type RingsState } from './rings.state.ts';
import { withChange, withoutRing, withRing, withRinging } from './rings.store.ts';

interface Deps {
  readonly call: Call;
  readonly socket: Pick<Socket, 'on' | 'onConnected'>;
  readonly own: Pick<OwnCall, 'store' | 'prepare' | 'openLobby' | 'closeLobby' | 'join'> & {
    readonly media: Pick<OwnCall['media'], 'want'>;
  };
  readonly deviceId: DeviceId;
  readonly clock: Clock;
  /** Whether this page or another tab of this browser is in a call. */
  readonly isBusy: () => Promise<boolean>;
  /** Takes off what a push, or a page, showed of it. */
  readonly withdrawNotice: (callId: CallId) => void;
}

export interface Answer {
  readonly hasCamera: boolean;
  /** What becomes of the call one is in. */
  readonly how: 'leave' | 'hold';
}

/** What rings this person on this device, and whom their calls ring. */
export interface Rings {
  readonly store: StoreApi<RingsState>;
  /** Takes the call for this device; false: another of mine was first, or it is over. */
  claim(callId: CallId): Promise<boolean>;
  answer(callId: CallId, answer: Answer): Promise<void>;
  decline(callId: CallId): Promise<void>;
  /** Somebody writes an answer to this; null: no longer. */
  write(ring: Incoming | null): void;
  /** No tone any more, on this page. */
  silence(callId: CallId): void;
  /** Rejects with an ApiError. */
  callAgain(callId: CallId, userId: UserId): Promise<void>;
  dismissNote(): void;
  stop(): void;
}

/** No ring lasts longer, whatever a clock says. */
const LONGEST_MS = 60_000;

/**
 * The server rings, and says when it is over; this page follows, asks anew at each connect, and stops by itself at the
 * deadline, so that nothing rings on which nobody would end any more (R7).
 */
export function createRings(deps: Deps): Rings {
  const { call, socket, own, deviceId, clock } = deps;
  const store = createStore<RingsState>(() => NOTHING_RINGS);
  const deadlines = new Map<CallId, () => void>();
  /** On the way in, through the door that stays shut. */
  const entering = new Set<CallId>();
  /** Told since the server was last asked: its answer does not know of them yet. */
  let heard = new Set<CallId>();

  function update(next: (state: RingsState) => RingsState): void {
    store.setState(next(store.getState()), true);
  }

  function take(ring: Ring): void {
    // Who is in this call already needs no ring.
    if (own.store.getState().active?.callId === ring.callId) return void claim(ring.callId);
    const left = Date.parse(ring.expiresAt) - clock.now();
    update((state) => withRing(state, ring));
    own.prepare(ring.chatId);
    deadlines.get(ring.callId)?.();
    deadlines.set(
      ring.callId,
      // The server tells of none that is over: by a clock here that is wrong it rings all the same.
      clock.after(left > 0 ? Math.min(left, LONGEST_MS) : LONGEST_MS, () => over(ring.callId)),
    );
    void acknowledge(ring.callId);
  }

  async function acknowledge(callId: CallId): Promise<void> {
    const isBusy = await deps.isBusy();
    // Lost while offline: asked again at the next connect.
    await call(ringRoutes.acknowledgeRing, { params: { callId }, body: { deviceId, isBusy } }).catch(() => {});
  }

  function over(callId: CallId): void {
    deadlines.get(callId)?.();
    deadlines.delete(callId);
    entering.delete(callId);
    update((state) => withoutRing(state, callId));
    deps.withdrawNotice(callId);
  }

  /** A device that comes back rings what rings, and stops what is over. */
  async function catchUp(): Promise<void> {
    heard = new Set();
    const all = await call(ringRoutes.listRings, {}).catch(() => null);
    if (!all) return;
    const isRinging = new Set([...heard, ...all.rings.map(({ callId }) => callId)]);
    for (const { callId, isAnswered } of store.getState().incoming)
      if (!isAnswered && !isRinging.has(callId)) over(callId);
    for (const ring of all.rings) take(ring);
    for (const ringing of all.ringing) update((state) => withRinging(state, ringing, clock.now()));
  }

  /** The first of my devices has it. Where the server cannot say, whoever presses may go in. */
  async function claim(callId: CallId): Promise<boolean> {
    try {
      await call(ringRoutes.answerRing, { params: { callId }, body: { deviceId } });
      return true;
    } catch (failure) {
      const code = failure instanceof ApiError ? failure.code : null;
      return code !== 'answered-elsewhere' && code !== 'call-not-found';
    }
  }

  /** Who goes into a call by another door has answered it as well. */
  function followOwn(): void {
    const { active, held, lobby } = own.store.getState();
    const inside = new Set([active?.callId, held?.callId]);
    for (const { callId, chatId, isAnswered } of store.getState().incoming) {
      const isIn = inside.has(callId);
      const isShutOut = entering.has(callId) && !isAtDoor(lobby, chatId);
      if (isIn && !isAnswered) void claim(callId);
      // In, or not let in: the lobby then says why.
      if (isIn || isShutOut) over(callId);
    }
  }

  async function answer(callId: CallId, wish: Answer): Promise<void> {
    const ring = store.getState().incoming.find((one) => one.callId === callId);
    if (!ring || ring.isAnswered) return;
    update((state) => withChange(state, callId, { isAnswered: true }));
    const claimed = claim(callId);
    // The call one is in is left for one that is mine; whoever is in none is on the way in meanwhile.
    if (!own.store.getState().active || (await claimed)) enter(ring, wish, claimed);
    if (await claimed) return;
    over(callId);
    // Whoever has turned to another door meanwhile stays there.
    if (own.store.getState().lobby?.chatId === ring.chatId) own.closeLobby();
    update((state) => ({ ...state, note: { callId, what: 'over' } }));
  }

  function enter({ callId, chatId }: Ring, { hasCamera, how }: Answer, claimed: Promise<boolean>): void {
    own.media.want('camera', hasCamera);
    own.openLobby(chatId);
    own.join({ holding: how === 'hold', claimed });
    entering.add(callId);
    followOwn();
  }

  const stops = [
    socket.on('callRang', (ring) => {
      heard.add(ring.callId);
      take(ring);
    }),
    socket.on('callRingEnded', ({ callId, reason, deviceId: by }) => {
      const ring = store.getState().incoming.find((one) => one.callId === callId);
      // What this page answered itself goes on into the call; another tab of this browser may have.
      if (ring?.isAnswered === true && reason === 'answered' && by === deviceId) return;
      over(callId);
      if (ring && reason === 'answered') update((state) => ({ ...state, note: { callId, what: 'elsewhere' } }));
    }),
    socket.on('callRingChanged', (ringing) => update((state) => withRinging(state, ringing, clock.now()))),
    socket.onConnected(() => void catchUp()),
    own.store.subscribe(followOwn),
  ];
  void catchUp();

  return {
    store,
    claim,
    answer,
    async decline(callId) {
      over(callId);
      // Lost while offline: it rings on elsewhere until somebody ends it there, or its deadline does.
      await call(ringRoutes.declineCall, { params: { callId } }).catch(() => {});
    },
    write: (written) => update((state) => ({ ...state, written })),
    silence: (callId) => update((state) => withChange(state, callId, { isSilenced: true })),
    async callAgain(callId, userId) {
      await call(ringRoutes.ringPerson, { params: { callId }, body: { userId } });
    },
    dismissNote: () => update((state) => ({ ...state, note: null })),
    stop() {
      for (const stop of stops) stop();
      for (const cancel of deadlines.values()) cancel();
    },
  };
}

function isAtDoor(lobby: Lobby | null, chatId: ChatId): boolean {
  return lobby?.chatId === chatId && lobby.isJoining;
}
