import type { Presence } from '@dialog/shared/presence';
import type { DialogSocket, Sockets } from '../platform/sockets/sockets.ts';
import type { PresenceService, Watcher } from './presence.service.ts';

const TOPIC = 'presence.changed';

interface Deps {
  readonly sockets: Sockets;
  readonly presence: PresenceService;
  readonly onError: (error: unknown) => void;
}

/** Connections into leases, and `watchPeople` into being told. Nothing here may delay a connection. */
export function connectPresence({ sockets, presence, onError }: Deps): void {
  sockets.onConnect(async (socket) => {
    void presence.arrived({ userId: socket.caller.userId, socketId: socket.id }).catch(onError);
  });
  sockets.onDisconnect((socket) => void presence.left(socket.id).catch(onError));
  sockets.onSignal(
    'watchPeople',
    (socket, { userIds }) => void presence.watch(watcherOf(socket), userIds).catch(onError),
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- published by this very code, here or on another node
  sockets.bus.on(TOPIC, (payload) => presence.heard(payload as Presence));
}

export function publishPresence(sockets: Sockets, change: Presence): void {
  sockets.bus.publish(TOPIC, change);
}

function watcherOf(socket: DialogSocket): Watcher {
  return {
    id: socket.id,
    userId: socket.caller.userId,
    tell: (people) => socket.tell('presenceChanged', { people: [...people] }),
  };
}
