import type { Flow } from '../transport/media.transport.ts';

/** Everything that flows, looked at in one moment. */
export interface Look {
  /** In ms since 1970. */
  readonly at: number;
  readonly flows: readonly Flow[];
}

/** One sound or picture between two looks. */
export interface StreamFigures extends Pick<Flow, 'identity' | 'direction' | 'source'> {
  /** Packets that were sent to whoever receives them, and how many of these did not come. */
  readonly packets: number;
  readonly lost: number;
  readonly bitsPerSecond: number;
  readonly jitterMs: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly framesPerSecond: number | null;
  readonly codec: string | null;
  /** Why the picture is smaller than it could be. */
  readonly limitedBy: 'bandwidth' | 'cpu' | null;
}

/** How packets travel to whoever is at the other end, which is a media server or a device. Without any address. */
export interface Path {
  readonly isRelayed: boolean;
  readonly protocol: string;
}

/** What happened between two looks. */
export interface Figures {
  /** When the earlier of the two was. */
  readonly since: number;
  readonly at: number;
  readonly roundTripMs: number | null;
  readonly path: Path | null;
  /** What the browser thinks would get through, in bits a second; null where it does not say. */
  readonly roomBps: number | null;
  readonly streams: readonly StreamFigures[];
}

type Statistic = Readonly<Record<string, unknown>>;

export function figuresBetween(before: Look, now: Look): Figures {
  const earlier = new Map(before.flows.map((flow) => [nameOf(flow), flow]));
  const seconds = (now.at - before.at) / 1_000;
  const streams = now.flows.flatMap((flow) => {
    const last = earlier.get(nameOf(flow));
    return last && seconds > 0 ? [streamBetween(last, flow, seconds)] : [];
  });
  const pairs = now.flows.flatMap(({ report }) => selectedPair(report) ?? []);
  const rooms = pairs.flatMap(({ pair: one }) => numberIn(one, 'availableOutgoingBitrate') ?? []);
  const [pair] = pairs;
  const roundTrip = pair && numberIn(pair.pair, 'currentRoundTripTime');
  return {
    ...{ since: before.at, at: now.at },
    roundTripMs: roundTrip ? roundTrip * 1_000 : null,
    path: pair?.path ?? null,
    roomBps: rooms.length > 0 ? Math.max(...rooms) : null,
    streams,
  };
}

/** What of these streams did not arrive, 0 to 1; null where nothing went. */
export function lossOf(streams: readonly StreamFigures[]): number | null {
  const packets = streams.reduce((sum, one) => sum + one.packets, 0);
  return packets > 0 ? streams.reduce((sum, one) => sum + one.lost, 0) / packets : null;
}

function nameOf({ identity, direction, source }: Flow): string {
  return `${direction} ${source} ${identity}`;
}

interface Counted {
  readonly packets: number;
  readonly lost: number;
  readonly bytes: number;
}

function streamBetween(before: Flow, now: Flow, seconds: number): StreamFigures {
  const [from, to] = [count(before), count(now)];
  // Another track in the same place begins to count anew; what is repaired late makes losses undone.
  const since = (name: keyof Counted): number => Math.max(0, to[name] - from[name]);
  const streams = statisticsOf(now.report, now.direction === 'sent' ? 'outbound-rtp' : 'inbound-rtp');
  // Of simulcast's layers the largest one that is sent.
  const main = streams.toSorted((a, b) => (numberIn(b, 'frameHeight') ?? 0) - (numberIn(a, 'frameHeight') ?? 0))[0];
  const told = now.direction === 'sent' ? statisticsOf(now.report, 'remote-inbound-rtp') : streams;
  const jitters = told.flatMap((one) => numberIn(one, 'jitter') ?? []);
  const packets = since('packets');
  const limit = main?.['qualityLimitationReason'];
  return {
    identity: now.identity,
    direction: now.direction,
    source: now.source,
    packets,
    lost: Math.min(packets, since('lost')),
    bitsPerSecond: Math.round((since('bytes') * 8) / seconds),
    jitterMs: jitters.length > 0 ? Math.max(...jitters) * 1_000 : null,
    width: numberIn(main, 'frameWidth'),
    height: numberIn(main, 'frameHeight'),
    framesPerSecond: numberIn(main, 'framesPerSecond'),
    codec: codecOf(main, now.report),
    limitedBy: limit === 'bandwidth' || limit === 'cpu' ? limit : null,
  };
}

/** A packet that was lost and sent again was lost all the same: the link is as bad as before the repair. */
function count({ direction, report }: Flow): Counted {
  if (direction === 'sent') {
    const sent = statisticsOf(report, 'outbound-rtp');
    const lost = total(statisticsOf(report, 'remote-inbound-rtp'), 'packetsLost');
    return {
      packets: total(sent, 'packetsSent'),
      lost: Math.max(lost, total(sent, 'retransmittedPacketsSent')),
      bytes: total(sent, 'bytesSent'),
    };
  }
  const received = statisticsOf(report, 'inbound-rtp');
  const lost = total(received, 'packetsLost') + total(received, 'retransmittedPacketsReceived');
  return {
    packets: total(received, 'packetsReceived') + total(received, 'packetsLost'),
    lost,
    bytes: total(received, 'bytesReceived'),
  };
}

function selectedPair(report: RTCStatsReport): { readonly pair: Statistic; readonly path: Path } | null {
  const transport = statisticsOf(report, 'transport')[0];
  const pair =
    statisticIn(report, transport?.['selectedCandidatePairId']) ??
    // Firefox has no statistics of the transport.
    statisticsOf(report, 'candidate-pair').find((one) => one['selected'] === true);
  if (!pair) return null;
  const [local, remote] = [pair['localCandidateId'], pair['remoteCandidateId']].map((id) => statisticIn(report, id));
  const isRelayed = [local, remote].some((one) => one?.['candidateType'] === 'relay');
  const protocol = local?.['relayProtocol'] ?? local?.['protocol'];
  return { pair, path: { isRelayed, protocol: typeof protocol === 'string' ? protocol : 'udp' } };
}

function codecOf(stream: Statistic | undefined, report: RTCStatsReport): string | null {
  const type = statisticIn(report, stream?.['codecId'])?.['mimeType'];
  return typeof type === 'string' ? (type.split('/')[1] ?? null) : null;
}

function statisticsOf(report: RTCStatsReport, type: string): Statistic[] {
  const found: Statistic[] = [];
  report.forEach((one: Statistic) => {
    if (one['type'] === type) found.push(one);
  });
  return found;
}

function statisticIn(report: RTCStatsReport, id: unknown): Statistic | undefined {
  let found: Statistic | undefined;
  report.forEach((one: Statistic) => {
    if (id !== undefined && one['id'] === id) found = one;
  });
  return found;
}

function numberIn(statistic: Statistic | undefined, name: string): number | null {
  const value = statistic?.[name];
  return typeof value === 'number' ? value : null;
}

function total(statistics: readonly Statistic[], name: string): number {
  return statistics.reduce((all, one) => all + (numberIn(one, name) ?? 0), 0);
}
