import type { Room } from 'livekit-client';

/** What went over the way of my sound and pictures so far. */
export interface Passed {
  /** In packets. */
  readonly sent: number;
  /** What answers them, in bytes. */
  readonly received: number;
}

/** Ten seconds of looks. */
const REMEMBERED = 20;
/** So much longer than the longest silence of these is no silence of a server that is there. */
const LONGER = 3;
/** Two seconds, at the least. */
const SILENT_MIN = 4;

/**
 * Whether the media server is dumb to what is sent to it, though it was not before. The heartbeat goes by the signalling,
 * which lives on where only the media's way is cut, or where another node of a cluster answers for the one that died.
 * Pictures are answered ten times a second, a voice alone once, and a bad link loses answers: so it is judged by how long
 * it was silent at most before. Answers at each look, one every BEAT_EVERY_MS.
 */
export function createPulse(): (passed: Passed) => boolean {
  let before: Passed | null = null;
  /** How long each silence before something came was, in looks. */
  let silences: readonly number[] = [];
  let silent = 0;
  let isDumb = false;

  return (passed) => {
    const last = before;
    before = passed;
    if (last && passed.received > last.received) {
      // A way that was found anew is known anew.
      silences = isDumb ? [] : [...silences, silent].slice(-REMEMBERED);
      silent = 0;
      isDumb = false;
    } else if (last && passed.sent > last.sent) {
      silent += 1;
      isDumb ||= silences.length >= SILENT_MIN && silent >= Math.max(SILENT_MIN, LONGER * Math.max(...silences) + 1);
    }
    return isDumb;
  };
}

/** Looks when it is told to, one look at a time; tells when the media server falls dumb, and when it speaks again. */
export function watchPulse(room: Room, tell: (isDumb: boolean) => void): () => void {
  const pulse = createPulse();
  let isLooking = false;
  let wasDumb = false;

  async function look(): Promise<void> {
    const passed = await passedIn(room);
    const isDumb = passed ? pulse(passed) : wasDumb;
    if (isDumb !== wasDumb) tell(isDumb);
    wasDumb = isDumb;
  }

  return () => {
    if (isLooking) return;
    isLooking = true;
    // Closed meanwhile: nothing more is to be known of it.
    void look()
      .catch(() => {})
      .finally(() => (isLooking = false));
  };
}

async function passedIn({ engine }: Room): Promise<Passed | undefined> {
  const report = await engine.pcManager?.publisher.getStats();
  if (!report) return undefined;
  const received = sumOf(report, 'transport', 'bytesReceived') || sumOf(report, 'candidate-pair', 'bytesReceived');
  return { sent: sumOf(report, 'outbound-rtp', 'packetsSent'), received };
}

function sumOf(report: RTCStatsReport, type: string, figure: string): number {
  return [...report.values()].reduce((sum, one) => sum + (one.type === type ? Number(one[figure] ?? 0) : 0), 0);
}
