import type { Server as HttpServer } from 'node:http';
import type { PayloadOf } from '@dialog/shared/contract/events';
import type { clientSignals } from '@dialog/shared/protocol';
import type { SessionId } from '@dialog/shared/contract/values';
import { Server } from 'socket.io';
import type { Log } from '../log/log.ts';
import type { Bus } from '../redis/bus.ts';
import type { CarryAct } from './actCarrier.ts';
import { createAdmission, type AdmissionDeps } from './admission.ts';
import type {
  ConnectedSocket,
  DialogSocket,
  EventLimit,
  EventName,
  EventPayload,
  IoServer,
  IoSocket,
} from './dialogSocket.ts';
import { createSignals, type SignalName } from './signals.ts';
import { cutSlowConsumers } from './slowConsumers.ts';

export type { DialogSocket, EventName, EventPayload } from './dialogSocket.ts';

type Signals = typeof clientSignals;

/** Connected clients, here and on the other nodes. */
export interface Sockets {
  /** To every socket in a room, on every node. Never awaited, never failing; after the commit only (R8). */
  tell<N extends EventName>(room: string, event: N, payload: EventPayload<N>): void;
  /** The same on this node alone. */
  tellLocal<N extends EventName>(room: string, event: N, payload: EventPayload<N>): void;
  /**
   * Facts among the nodes; heard on this one too, here before `publish` returns. Payloads are JSON. `about` names what a
   * fact is about, without blanks: a node that does not want it does not decode it.
   */
  readonly bus: {
    publish(topic: string, payload: unknown, about?: string): void;
    on(topic: string, hear: (payload: unknown) => void, isWanted?: (about: string) => boolean): void;
  };
  /** This node's sockets in a room. */
  localSockets(room: string): Iterable<DialogSocket>;
  /** All of this node's sockets. */
  allLocalSockets(): Iterable<DialogSocket>;
  /** Awaited before the client hears that it is connected: join rooms here. A failure refuses the connection. */
  onConnect(hear: (socket: DialogSocket) => Promise<void>): void;
  onDisconnect(hear: (socket: DialogSocket) => void): void;
  /** What a client says that may be lost; checked, and dropped when wrong. */
  onSignal<N extends SignalName>(name: N, hear: (socket: DialogSocket, payload: PayloadOf<Signals[N]>) => void): void;
  /** Ends a session's sockets on every node. */
  closeSession(sessionId: SessionId): void;
}

interface Hearer {
  readonly hear: (payload: unknown) => void;
  readonly isWanted: (about: string) => boolean;
}

/** What only the composition root may do. */
export interface SocketServer extends Sockets {
  start(http: HttpServer): Promise<void>;
  /** Asks every socket to come back elsewhere, spread over `overMs`. */
  drain(overMs: number): Promise<void>;
  stop(): Promise<void>;
  /** On this node. */
  count(): number;
}

export interface SocketsDeps extends AdmissionDeps {
  readonly bus: Bus;
  readonly carryAct: CarryAct;
  readonly eventLimit: EventLimit;
  readonly log: Log;
}

/** Larger frames close the connection. */
const FRAME_BYTES_MAX = 64_000;
/** A half-open connection is noticed within the sum of both. */
const PING_INTERVAL_MS = 20_000;
const PING_TIMEOUT_MS = 15_000;
/** Whoever has not said by then who they are is cut. */
const SIGN_IN_WITHIN_MS = 5_000;
/** A session that ended while its socket was being admitted is remembered so long. */
const ENDED_REMEMBERED_MS = 15_000;

const OWN_EVENTS: ReadonlySet<string> = new Set(['act', 'beat']);
const SESSION_ENDED = 'session-ended';

export function createSockets(deps: SocketsDeps): SocketServer {
  const io: IoServer = new Server({
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: FRAME_BYTES_MAX,
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    connectTimeout: SIGN_IN_WITHIN_MS,
  });
  const { rooms } = io.of('/').adapter;
  const here = io.of('/').sockets;
  const topics = new Map<string, Hearer[]>();
  const leavers: Array<(socket: DialogSocket) => void> = [];
  const endedSessions = new Map<string, number>();
  const signals = createSignals({ log: deps.log, limit: deps.eventLimit });
  const admission = createAdmission(deps, io);
  let stopCutting = () => {};
  let isStarted = false;

  function tellLocal<N extends EventName>(room: string, event: N, payload: EventPayload<N>): void {
    // One encoding for all sockets of the room, none without any.
    if (rooms.has(room)) io.to(room).emit(event, ...([payload] as never));
  }

  function dispatch(topic: string, about: string, payload: () => unknown): void {
    for (const { hear, isWanted } of topics.get(topic) ?? []) {
      try {
        if (isWanted(about)) hear(payload());
      } catch (error) {
        deps.log.error({ err: error, topic }, 'a bus message could not be handled');
      }
    }
  }

  function hearBus(key: string, payload: () => unknown): void {
    const [kind, name = '', room = ''] = key.split(' ');
    if (kind === 'bus') dispatch(name, room, payload);
    // Nothing is decoded for rooms without members here.
    else if (rooms.has(room)) tellLocal(room, name as EventName, payload() as never);
  }

  function* localSockets(room: string): Iterable<ConnectedSocket> {
    for (const id of [...(rooms.get(room) ?? [])]) {
      const own = here.get(id)?.data.own;
      if (own) yield own;
    }
  }

  function endSessionHere(sessionId: string): void {
    const now = performance.now();
    endedSessions.set(sessionId, now);
    for (const [ended, at] of endedSessions) if (now - at > ENDED_REMEMBERED_MS) endedSessions.delete(ended);
    for (const socket of localSockets(`session:${sessionId}`)) {
      socket.tell('signedOut', {});
      socket.close();
    }
  }

  // Shared by all sockets (`this` is the socket): a closure for each connection would cost memory by the thousand.
  function hearAct(this: IoSocket, act: unknown, answer: unknown): void {
    if (typeof answer !== 'function') return;
    const { own } = this.data;
    if (!own.takeEvent(deps.eventLimit)) {
      answer({ ok: false, error: { code: 'rate-limited', requestId: this.id, retryAfterSeconds: 2 } });
      return;
    }
    own.actsUnderWay += 1;
    void deps.carryAct(own, act).then((answered) => {
      own.actsUnderWay -= 1;
      answer(answered);
    });
  }

  function hearBeat(this: IoSocket, answer: unknown): void {
    if (typeof answer === 'function' && this.data.own.takeEvent(deps.eventLimit)) answer();
  }

  function hearAny(this: IoSocket, name: string): void {
    if (!OWN_EVENTS.has(name) && !signals.knows(name)) this.data.own.takeEvent(deps.eventLimit);
  }

  function hearDisconnect(this: IoSocket): void {
    for (const hear of leavers) hear(this.data.own);
  }

  function begin(socket: IoSocket): void {
    socket.on('act', hearAct);
    socket.on('beat', hearBeat);
    socket.onAny(hearAny);
    socket.on('disconnect', hearDisconnect);
    signals.listen(socket);
    admission.forgetHandshake(socket);
    if (endedSessions.has(socket.data.own.caller.sessionId)) endSessionHere(socket.data.own.caller.sessionId);
  }

  io.use((socket, next) => void admission.admit(socket).then(() => next(), next));
  io.on('connection', begin);

  const bus: Sockets['bus'] = {
    publish(topic, payload, about = '') {
      dispatch(topic, about, () => payload);
      deps.bus.publish(`bus ${topic} ${about}`, payload);
    },
    on(topic, hear, isWanted = () => true) {
      topics.set(topic, [...(topics.get(topic) ?? []), { hear, isWanted }]);
    },
  };
  bus.on(SESSION_ENDED, (payload) => endSessionHere(String(payload)));

  return {
    tell(room, event, payload) {
      tellLocal(room, event, payload);
      deps.bus.publish(`tell ${event} ${room}`, payload);
    },
    tellLocal,
    bus,
    localSockets,
    *allLocalSockets() {
      for (const socket of here.values()) yield socket.data.own;
    },
    onConnect: (hear) => admission.onConnect(hear),
    onDisconnect: (hear) => void leavers.push(hear),
    onSignal: (name, hear) => signals.on(name, hear),
    closeSession: (sessionId) => bus.publish(SESSION_ENDED, sessionId),
    async start(http) {
      io.attach(http, { allowRequest: admission.allowRequest, destroyUpgrade: false });
      isStarted = true;
      stopCutting = cutSlowConsumers(io, deps.log);
      await deps.bus.start(hearBus);
    },
    async drain(overMs) {
      await Promise.all([...here.values()].map((socket) => moveAway(socket, overMs)));
    },
    async stop() {
      stopCutting();
      deps.bus.stop();
      for (const socket of here.values()) socket.conn.close();
      // There is no engine yet when the start was not finished.
      if (isStarted) io.engine.close();
    },
    count: () => here.size,
  };
}

/** What one socket's last acts may take while the node stops. */
const LAST_ACTS_MS = 3_000;
const LOOK_AGAIN_MS = 20;

/** At a moment of its own, when its acts are answered: the client comes back by itself, to another node. */
async function moveAway({ conn, data }: IoSocket, overMs: number): Promise<void> {
  await pause(Math.random() * overMs);
  const deadline = performance.now() + LAST_ACTS_MS;
  // oxlint-disable-next-line no-await-in-loop -- waiting is the point
  while (data.own.actsUnderWay > 0 && performance.now() < deadline) await pause(LOOK_AGAIN_MS);
  // The transport's end, not a `disconnect` packet: after that one clients do not come back by themselves.
  conn.close();
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
