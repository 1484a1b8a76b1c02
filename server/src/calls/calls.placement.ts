import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../platform/appError.ts';
import type { Database } from '../platform/database.ts';
import type { MediaServer } from '../platform/livekit/livekit.ts';
import type { MediaPool } from '../platform/livekit/mediaPool.ts';
import type { CallMovesRepository } from './calls.moves.repository.ts';
import type { Call, CallRepository } from './calls.repository.ts';

/** 144 random bits: a room cannot be guessed, and knowing a call's id does not name it. */
const ROOM_NAME_BYTES = 18;

/** Whoever comes while a media server starts again is let in the moment it is there, and need not ask again. */
const WAIT_MS = 5_000;
const LOOK_EVERY_MS = 100;

type Place = Pick<Call, 'roomName' | 'mediaServer'>;

interface Deps {
  readonly db: Database;
  readonly calls: Pick<CallRepository, 'find'>;
  readonly moves: Pick<CallMovesRepository, 'move'>;
  readonly pool: MediaPool;
  readonly onMoved?: (call: Call) => void;
  readonly onError: (error: unknown) => void;
}

export function newRoomName(): string {
  return randomBytes(ROOM_NAME_BYTES).toString('base64url');
}

export type CallPlacement = ReturnType<typeof createCallPlacement>;

/** Which media server a call is on: the least busy one at its start, and another one when that dies. */
export function createCallPlacement({ db, calls, moves, pool, onMoved, onError }: Deps) {
  /** @throws calls-unavailable when no media server is ready. */
  function choose(): Place {
    const server = pool.choose();
    if (!server) throw new AppError('calls-unavailable', `the media servers are ${pool.status()}`);
    return { roomName: newRoomName(), mediaServer: server.name };
  }

  /**
   * Moves the call, if its server is lost and another one is there: once, whichever node comes first, into a room of
   * another name, so that nobody is left behind in the old one should that server only have been out of sight.
   */
  async function settle<T extends Call>(call: T): Promise<T> {
    if (!pool.isLost(call.mediaServer) || pool.status() !== 'ready') return call;
    const place = choose();
    if (!(await db.transaction((tx) => moves.move(tx, call, place)))) {
      const now = await calls.find(db, call.id);
      if (!now || now.hasEnded) throw new AppError('call-not-found');
      return { ...call, roomName: now.roomName, mediaServer: now.mediaServer };
    }
    // Whoever still holds on to it comes to the new one; what cannot be reached now is swept later.
    pool.find(call.mediaServer)?.deleteRoom(call.roomName).catch(onError);
    const moved = { ...call, ...place };
    onMoved?.(moved);
    return moved;
  }

  return {
    choose,
    settle,
    /** Waits for it a little. @throws calls-unavailable while the call's media server is away. */
    async serverFor<T extends Call>(call: T): Promise<{ readonly call: T; readonly server: MediaServer }> {
      const until = performance.now() + WAIT_MS;
      for (;;) {
        // oxlint-disable-next-line no-await-in-loop -- one look after the other
        const settled = await settle(call);
        const server = pool.find(settled.mediaServer);
        if (server?.status() === 'ready') return { call: settled, server };
        if (performance.now() >= until) throw new AppError('calls-unavailable', 'the media server of the call is away');
        // oxlint-disable-next-line no-await-in-loop -- the pause between them
        await pause(LOOK_EVERY_MS);
      }
    },
  };
}
