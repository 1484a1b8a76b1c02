import { type Call, createCall } from '../platform/api.ts';
import { systemClock } from '../platform/clock.ts';
import { openWire } from '../platform/openWire.ts';
import { createSocket, type Socket } from '../platform/socket.ts';
import { openStorage, type Storage } from '../platform/storage.ts';
import type { Account, Me } from './account.ts';

/** The objects of one signed-in person, made at sign-in and ended at sign-out. */
export interface Session {
  readonly me: Me;
  readonly call: Call;
  readonly socket: Socket;
  readonly storage: Storage;
  end(): void;
}

export async function openSession(me: Me, account: Account): Promise<Session> {
  const storage = await openStorage(me.user.id);
  const socket = createSocket({ wire: openWire(), clock: systemClock, random: Math.random });
  const call = createCall({ socket, onSignedOut: account.ended });
  const stops = [endWithSocket(socket, account), checkWhenBack(socket)];
  socket.connect();

  return {
    me,
    call,
    socket,
    storage,
    end() {
      for (const stop of stops) stop();
      socket.close();
      storage.close();
    },
  };
}

function endWithSocket(socket: Socket, account: Account): () => void {
  return socket.status.subscribe(({ status }) => {
    if (status === 'signed-out') account.ended();
  });
}

/** After sleep, or when the network comes and goes, nobody should wait for the next beat. */
function checkWhenBack(socket: Socket): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const check = (): void => {
    if (document.visibilityState === 'visible') socket.checkNow();
  };
  addEventListener('online', check, { signal });
  addEventListener('offline', check, { signal });
  addEventListener('pageshow', check, { signal });
  document.addEventListener('visibilitychange', check, { signal });
  return () => ending.abort();
}
