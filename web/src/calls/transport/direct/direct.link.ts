import type { DirectMessage } from '@dialog/shared/calls.direct';
import type { CallSignal } from '@dialog/shared/calls.direct.values';
import type { PeerMessage } from '@dialog/shared/calls.peers';
import type { Clock } from '../../../platform/clock.ts';
import type { Comparison } from '../../call.store.ts';
import { BEAT_EVERY_MS, createLinkWatch } from '../link.ts';
import type { CameraLimit, Flow, Limits, Outgoing } from '../media.transport.ts';
import { openChannels } from './channels.ts';
import { createComparison } from './comparison.ts';
import { fingerprintsOf, withSoundWishes } from './descriptions.ts';
import { createNegotiation } from './negotiation.ts';
import { createSettling } from './settling.ts';
import { findPlaces, preferCodecs, SLOTS, type SlotName, stricter, tracksOf, type Transceivers } from './slots.ts';
import { placesOf } from './spare.ts';

/** A way that blinks is left alone; after this another one is looked for. */
const RESTART_AFTER_MS = 1_000;
/** One search at a time, each with time to find something. */
const RESTART_EVERY_MS = 3_000;
/** A way that does not come up is said like one that is lost. */
const MISSED_AFTER_MS = 2_500;
const STUCK_AFTER_MS = 6_000;
/** What a connection that has just come up is spared until the first word is heard. */
const SPARED_MS = 500;

type Sends = Omit<Extract<DirectMessage, { kind: 'sends' }>, 'kind'>;

const NOTHING: Sends = { microphone: false, camera: false, screen: false, screenSound: false };

interface Deps {
  readonly me: string;
  /** Their identity. */
  readonly other: string;
  /** This side came later. */
  readonly isBeginning: boolean;
  readonly connection: RTCPeerConnection;
  /** Made ahead, by a side that begins. */
  readonly places?: Transceivers;
  /** The configuration with credentials that last. */
  readonly refresh: () => Promise<RTCConfiguration>;
  readonly clock: Clock;
  readonly send: (signal: CallSignal) => void;
  readonly told: (message: PeerMessage) => void;
  /** What arrives, or whether it does. */
  readonly changed: () => void;
  readonly linkChanged: (isUp: boolean) => void;
  readonly stuck: () => void;
  readonly compared: (comparison: Comparison | null) => void;
  /** They said that they leave. */
  readonly left: () => void;
  /** They closed the connection: it does not come back. */
  readonly ended: () => void;
}

export type DirectLink = ReturnType<typeof createDirectLink>;

/** The connection with one other device. Who came later begins it, as soon as they are let in. */
export function createDirectLink(deps: Deps) {
  const { me, other, clock, connection } = deps;
  const isPolite = !deps.isBeginning;
  let { places } = deps;
  let theirs = NOTHING;
  let mine: Limits = { sent: 'full', received: 'full' };
  /** What the other one has room for. */
  let wished: CameraLimit = 'full';
  let isClosed = false;
  let isUp = false;
  let wasUp = false;
  let isShownUp = true;
  let restartedAt = Number.NEGATIVE_INFINITY;
  let beats: ReturnType<typeof setInterval> | undefined;
  let stopRestart: (() => void) | undefined;
  let stopMissing = clock.after(MISSED_AFTER_MS, () => showUp(false));
  let stopStuck = clock.after(STUCK_AFTER_MS, stuck);

  const settling = createSettling(() => places);
  const comparison = createComparison({ me, other, send: deps.send, changed: () => tellComparison() });
  const negotiation = createNegotiation({
    connection,
    isPolite,
    clock,
    send: deps.send,
    read: withSoundWishes,
    described() {
      comparison.know({
        mine: fingerprintsOf(connection.localDescription?.sdp ?? ''),
        theirs: fingerprintsOf(connection.remoteDescription?.sdp ?? ''),
      });
    },
    offered() {
      places ??= findPlaces(connection);
      if (places) preferCodecs(places);
      // No answer waits for it: what is put into a place needs no negotiation.
      void settling.settle().then(deps.changed);
    },
  });
  const watch = createLinkWatch({
    now: () => performance.now(),
    beat: () => channels.tellDirect({ kind: 'beat' }),
    tell: takeUp,
  });
  const channels = openChannels(connection, {
    opened() {
      tellWhatIsSent();
      tellWish();
      beats = setInterval(turn, BEAT_EVERY_MS);
      watch.heard();
      takeUp(true);
    },
    closed() {
      if (isClosed || !beats) return;
      watch.broken();
      deps.ended();
    },
    heard: watch.heard,
    told: deps.told,
    directTold(message) {
      if (message.kind === 'sends') {
        theirs = message;
        deps.changed();
      } else if (message.kind === 'wants') {
        wished = message.camera;
        const wanted = settling.wanted();
        if (wanted) want(wanted.outgoing);
      } else if (message.kind === 'bye') deps.left();
    },
  });
  connection.addEventListener('connectionstatechange', followState);
  if (!isPolite) {
    places ??= placesOf(connection);
    negotiation.begin();
  }

  /** Sound that arrives says as much as a beat. */
  function turn(): void {
    const now = performance.timeOrigin + performance.now();
    const [latest] = places?.microphone.receiver.getSynchronizationSources() ?? [];
    if (latest && now - latest.timestamp < BEAT_EVERY_MS) watch.heard();
    watch.turn();
  }

  function followState(): void {
    const { connectionState } = connection;
    stopRestart?.();
    // A relay refuses an address of the other's own network at once: until their next candidate is there, that has "failed".
    if (connectionState === 'failed' || connectionState === 'disconnected')
      stopRestart = clock.after(RESTART_AFTER_MS, () => void restart());
  }

  function takeUp(isNow: boolean): void {
    if (isClosed || isNow === isUp) return;
    isUp = isNow;
    wasUp ||= isUp;
    stopMissing();
    stopStuck();
    showUp(isUp);
    deps.changed();
    tellComparison();
    if (isUp) return void clock.after(SPARED_MS, goOn);
    stopStuck = clock.after(STUCK_AFTER_MS, stuck);
    void restart();
  }

  function goOn(): void {
    if (isClosed) return;
    settling.share();
    comparison.begin();
  }

  function showUp(isNow: boolean): void {
    if (isClosed || isNow === isShownUp) return;
    isShownUp = isNow;
    deps.linkChanged(isNow);
  }

  function stuck(): void {
    if (isClosed) return;
    stopStuck = clock.after(STUCK_AFTER_MS, stuck);
    deps.stuck();
    void restart();
  }

  /** Only what comes over DTLS between these two has something to compare. */
  function tellComparison(): void {
    deps.compared(isUp ? comparison.shown() : null);
  }

  /** Looks for another way, with credentials for the relay that last. */
  async function restart(): Promise<void> {
    if (isClosed || clock.now() - restartedAt < RESTART_EVERY_MS) return;
    restartedAt = clock.now();
    const configuration = await deps.refresh();
    if (isClosed) return;
    connection.setConfiguration(configuration);
    connection.restartIce();
  }

  function want(outgoing: Outgoing): void {
    settling.want({ outgoing, camera: stricter(mine.sent, wished) });
    tellWhatIsSent();
  }

  function tellWhatIsSent(): void {
    const wanted = settling.wanted();
    if (!wanted) return;
    const { microphone, camera, screen, screenSound } = tracksOf(wanted.outgoing, wanted.camera);
    channels.tellDirect({
      kind: 'sends',
      ...{ microphone: microphone !== null, camera: camera !== null },
      ...{ screen: screen !== null, screenSound: screenSound !== null },
    });
  }

  function tellWish(): void {
    channels.tellDirect({ kind: 'wants', camera: mine.received });
  }

  function trackOf(name: SlotName): MediaStreamTrack | null {
    return theirs[name] ? (places?.[name].receiver.track ?? null) : null;
  }

  return {
    take(signal: CallSignal): void {
      negotiation.take(signal);
      comparison.take(signal);
    },
    send(outgoing: Outgoing, limits: Limits): void {
      const isNewWish = limits.received !== mine.received;
      mine = limits;
      if (isNewWish) tellWish();
      want(outgoing);
    },
    tell: channels.tell,
    sayBye: () => channels.tellDirect({ kind: 'bye' }),
    /** Another network: the way there is a new one. */
    restart: () => void restart(),
    isUp: () => isUp,
    isLost: () => wasUp && !isUp,
    /** What the other one sends; null: nothing of this kind. */
    trackOf,
    /** Before they say that they send one: so it is heard from its first word. */
    voice: (): MediaStreamTrack | null => places?.microphone.receiver.track ?? null,
    /** How loud the other one is, from 0 to 1. */
    level: (): number | undefined => places?.microphone.receiver.getSynchronizationSources()[0]?.audioLevel,
    async myLevel(): Promise<number | undefined> {
      const sender = places?.microphone.sender;
      if (!sender?.track) return undefined;
      const report = await sender.getStats();
      return levelIn(report);
    },
    async measure(): Promise<Flow[]> {
      const flows = SLOTS.flatMap(({ name }) => {
        const place = places?.[name];
        const sent = place?.sender.track ? [['sent', me, place.sender] as const] : [];
        const received = place && theirs[name] ? [['received', other, place.receiver] as const] : [];
        return [...sent, ...received].map(async ([direction, identity, flow]): Promise<Flow> => ({
          ...{ identity, direction, source: name },
          report: await flow.getStats(),
        }));
      });
      return Promise.all(flows);
    },
    close(): void {
      if (isClosed) return;
      isClosed = true;
      clearInterval(beats);
      for (const stop of [stopMissing, stopStuck, stopRestart]) stop?.();
      negotiation.end();
      settling.end();
      connection.close();
    },
  };
}

function levelIn(report: RTCStatsReport): number | undefined {
  for (const stats of report.values() as Iterable<RTCStats & { readonly audioLevel?: number }>)
    if (stats.type === 'media-source') return stats.audioLevel;
  return undefined;
}
