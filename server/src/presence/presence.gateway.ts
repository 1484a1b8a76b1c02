import type { UserId } from '@dialog/shared/contract/values';
import type { DialogSocket, Sockets } from '../platform/sockets/sockets.ts';
import type { PresenceFact } from './presence.facts.ts';
import type { PresenceService } from './presence.service.ts';
import type { Watcher } from './presence.watching.ts';

const FACTS_TOPIC = 'presence.facts';
const SIGHT_TOPIC = 'presence.sight';
/** What happens within this time the nodes tell each other together. */
const PUBLISHED_EVERY_MS = 100;
const FACTS_AT_ONCE = 500;

interface Deps {
  readonly sockets: Sockets;
  readonly presence: PresenceService;
  readonly onError: (error: unknown) => void;
}

/** Connections into leases, and `watchPeople` into being told. Nothing here may delay a connection. */
export function connectPresence({ sockets, presence, onError }: Deps): void {
  const at = ({ caller, id }: DialogSocket) => ({ userId: caller.userId, socketId: id });
  sockets.onConnect(async (socket) => {
    void presence.arrived(at(socket)).catch(onError);
  });
  sockets.onDisconnect((socket) => void presence.left(at(socket)).catch(onError));
  sockets.onSignal(
    'watchPeople',
    (socket, { userIds }) => void presence.watch(watcherOf(socket), userIds).catch(onError),
  );
  sockets.onSignal(
    'reportActivity',
    (socket, { isActive }) => void presence.reported({ ...at(socket), isActive }).catch(onError),
  );
  // oxlint-disable typescript/no-unsafe-type-assertion -- published by this very code, here or on another node
  sockets.bus.on(FACTS_TOPIC, (payload) => presence.heard(payload as PresenceFact[]));
  sockets.bus.on(SIGHT_TOPIC, (payload) => void presence.recheck(payload as UserId[]).catch(onError));
  // oxlint-enable typescript/no-unsafe-type-assertion
}

export interface PresenceBus {
  publish(fact: PresenceFact): void;
  /** Who may see whom has changed for these people; heard on all nodes. */
  publishSight(userIds: readonly UserId[]): void;
}

/** A crowd that comes back is one word among the nodes, not thousands. */
export function createPresenceBus(sockets: Pick<Sockets, 'bus'>): PresenceBus {
  const waiting = new Map<UserId, PresenceFact>();
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    timer = undefined;
    const facts = [...waiting.values()];
    waiting.clear();
    for (let from = 0; from < facts.length; from += FACTS_AT_ONCE)
      sockets.bus.publish(FACTS_TOPIC, facts.slice(from, from + FACTS_AT_ONCE));
  }

  return {
    publish(fact) {
      waiting.set(fact.userId, { ...waiting.get(fact.userId), ...fact });
      timer ??= setTimeout(flush, PUBLISHED_EVERY_MS).unref();
    },
    publishSight: (userIds) => sockets.bus.publish(SIGHT_TOPIC, userIds),
  };
}

function watcherOf(socket: DialogSocket): Watcher {
  return {
    id: socket.id,
    userId: socket.caller.userId,
    tell: (people) => socket.tell('presenceChanged', { people: [...people] }),
  };
}
