import type { CallWay } from '@dialog/shared/calls.values';
import type { Participant } from '../transport/media.transport.ts';
import { type Figures, lossOf, type Path, type StreamFigures } from './figures.ts';

/** What is said of one stream, each with its unit. */
export interface StatisticsRow {
  readonly stream: StreamFigures;
  readonly rate: string;
  readonly loss: string;
  readonly jitter: string;
  /** `1280 × 720, 30/s, VP8`. */
  readonly form: string;
}

export interface StatisticsOfPerson {
  readonly identity: string;
  readonly name: string;
  readonly isMe: boolean;
  readonly rows: readonly StatisticsRow[];
}

/** By what packets travel: through somebody's relay, through the media server alone, or through neither. */
export function routeOf({ isRelayed }: Path, way: CallWay | null): 'relayed' | 'throughServer' | 'straight' {
  if (isRelayed) return 'relayed';
  return way === 'direct' ? 'straight' : 'throughServer';
}

const NOTHING = '–';
const ORDER: readonly StreamFigures['source'][] = ['microphone', 'camera', 'screen', 'screenSound'];

/** Everyone of whom something flows, oneself first. */
export function statisticsOf(
  figures: Figures,
  people: readonly Pick<Participant, 'identity' | 'name' | 'isMe'>[],
  language: string,
): StatisticsOfPerson[] {
  const decimal = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return people
    .map(({ identity, name, isMe }) => ({
      identity,
      name,
      isMe,
      rows: figures.streams
        .filter((stream) => stream.identity === identity)
        .toSorted((a, b) => ORDER.indexOf(a.source) - ORDER.indexOf(b.source))
        .map((stream) => rowOf(stream, decimal)),
    }))
    .filter(({ rows }) => rows.length > 0);
}

function rowOf(stream: StreamFigures, decimal: Intl.NumberFormat): StatisticsRow {
  const { bitsPerSecond, jitterMs, width, height, framesPerSecond, codec } = stream;
  const loss = lossOf([stream]);
  const size = width !== null && height !== null ? `${width} × ${height}` : null;
  const frames = framesPerSecond === null ? null : `${Math.round(framesPerSecond)}/s`;
  return {
    stream,
    rate: `${Math.round(bitsPerSecond / 1_000)} kbit/s`,
    loss: loss === null ? NOTHING : `${decimal.format(loss * 100)} %`,
    jitter: jitterMs === null ? NOTHING : `${Math.round(jitterMs)} ms`,
    form: [size, frames, codec].filter((part) => part !== null).join(', ') || NOTHING,
  };
}
