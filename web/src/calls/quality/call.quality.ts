import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '../../platform/clock.ts';
import type { CallId } from '@dialog/shared/contract/values';
import type { CallState } from '../call.store.ts';
import type { Flow, Limits } from '../transport/media.transport.ts';
import { type Figures, figuresBetween, type Look } from './figures.ts';
import { FULL_STEP, giveWay, type Step } from './giveWay.ts';
import { addBadMoment, type Spell, worstSpells } from './spells.ts';
import { judge, LOOKS_KEPT, LOOKS_TO_BEGIN, lossIn, POOR_LOSS, type Verdict } from './verdict.ts';

const LOOK_EVERY_MS = 2_000;
/** After a shorter call there is nothing to say that one does not know. */
const REPORTED_FROM_MS = 30_000;

/** How the connection was in a call that is over. */
export interface QualityReport {
  /** None: it was good throughout. */
  readonly spells: readonly Spell[];
}

export interface CallQualityState {
  readonly verdict: Verdict;
  readonly limits: Limits;
  /** What flowed in the last two seconds; null before the second look. */
  readonly figures: Figures | null;
  /** Of the last call, until it was read. */
  readonly report: QualityReport | null;
}

const GOOD: Pick<CallQualityState, 'verdict' | 'limits' | 'figures'> = {
  verdict: { kind: 'good' },
  limits: { sent: 'full', received: 'full' },
  figures: null,
};

interface Deps {
  readonly own: {
    readonly store: Pick<StoreApi<CallState>, 'getState' | 'subscribe'>;
    readonly measure: () => Promise<readonly Flow[]>;
    readonly limit: (limits: Limits) => void;
    readonly sayLinkIsPoor: (isPoor: boolean) => void;
  };
  readonly clock: Clock;
}

export interface CallQuality {
  readonly store: StoreApi<CallQualityState>;
  /** Cameras no longer give way in this call: the person says so. */
  insist(): void;
  dismissReport(): void;
}

interface Watch {
  readonly callId: CallId;
  readonly startedAt: number;
  look: Look | null;
  figures: readonly Figures[];
  sent: Step;
  received: Step;
  spells: readonly Spell[];
  lostAt: number | null;
  isInsisted: boolean;
}

/** Looks every two seconds at what flows in the call of this page: says how it is, lets cameras give way, and reports. */
export function createCallQuality({ own, clock }: Deps): CallQuality {
  const store = createStore<CallQualityState>(() => ({ ...GOOD, report: null }));
  let watch: Watch | null = null;
  let stopTimer: (() => void) | undefined;

  function follow(): void {
    const { active, held } = own.store.getState();
    if (watch && active?.callId !== watch.callId) end(watch, { isReported: held?.callId !== watch.callId });
    if (!active) return;
    if (!watch && active.link === 'up') begin(active.callId);
    if (watch) followLink(watch, active.link === 'up');
  }

  function begin(callId: CallId): void {
    watch = {
      callId,
      startedAt: clock.now(),
      look: null,
      figures: [],
      sent: FULL_STEP,
      received: FULL_STEP,
      spells: [],
      lostAt: null,
      isInsisted: false,
    };
    store.setState({ ...GOOD, report: null });
    void turn(watch);
  }

  /** While there is no way nothing can be measured; that there was none is worth a line. */
  function followLink(mine: Watch, isUp: boolean): void {
    if (!isUp) {
      mine.lostAt ??= clock.now();
      mine.look = null;
    } else if (mine.lostAt !== null) {
      mine.spells = addBadMoment(mine.spells, { kind: 'lost', from: mine.lostAt, to: clock.now(), loss: 1 });
      mine.lostAt = null;
    }
  }

  /** A call put on hold is not over yet. */
  function end(mine: Watch, { isReported }: { readonly isReported: boolean }): void {
    followLink(mine, true);
    const spells = worstSpells(mine.spells);
    const isWorthIt = clock.now() - mine.startedAt >= REPORTED_FROM_MS || spells.length > 0;
    watch = null;
    stopTimer?.();
    own.limit(GOOD.limits);
    store.setState({ ...GOOD, report: isReported && isWorthIt ? { spells } : null });
  }

  async function turn(mine: Watch): Promise<void> {
    const flows = await own.measure().catch(() => []);
    if (watch !== mine) return;
    if (mine.lostAt === null) take(mine, { at: clock.now(), flows });
    stopTimer = clock.after(LOOK_EVERY_MS, () => void turn(mine));
  }

  function take(mine: Watch, look: Look): void {
    const before = mine.look;
    mine.look = look;
    if (!before) return;
    const figures = figuresBetween(before, look);
    mine.figures = [...mine.figures, figures].slice(-LOOKS_KEPT);
    for (const kind of ['sent', 'received'] as const) noteLoss(mine, kind, before.at);
    const people = own.store.getState().active?.people ?? [];
    const was = store.getState().verdict;
    const verdict = judge(was, { figures: mine.figures, people });
    store.setState({ verdict: same(was, verdict), figures });
    if ((was.kind === 'sent') !== (verdict.kind === 'sent')) own.sayLinkIsPoor(verdict.kind === 'sent');
    limit(mine, verdict);
  }

  function noteLoss(mine: Watch, kind: 'sent' | 'received', from: number): void {
    const loss = lossIn(mine.figures.slice(-1), ({ direction }) => direction === kind) ?? 0;
    if (loss >= POOR_LOSS) mine.spells = addBadMoment(mine.spells, { kind, from, to: clock.now(), loss });
  }

  function limit(mine: Watch, verdict: Verdict): void {
    if (mine.isInsisted) return;
    const recent = mine.figures.slice(-LOOKS_TO_BEGIN);
    const now = clock.now();
    const isFull = recent.length === LOOKS_TO_BEGIN;
    const lossTo = (which: 'sent' | 'received'): number | null =>
      isFull ? lossIn(recent, ({ direction }) => direction === which) : null;
    mine.sent = giveWay(mine.sent, { loss: lossTo('sent'), now });
    // What is lost on the other side is not won by dropping pictures on mine.
    const isMine = verdict.kind === 'received' || verdict.kind === 'sent';
    mine.received = giveWay(mine.received, { loss: isMine ? lossTo('received') : null, now });
    setLimits({ sent: mine.sent.limit, received: mine.received.limit });
  }

  function setLimits(limits: Limits): void {
    const before = store.getState().limits;
    if (before.sent === limits.sent && before.received === limits.received) return;
    store.setState({ limits });
    own.limit(limits);
  }

  own.store.subscribe(follow);
  follow();

  return {
    store,
    insist() {
      if (!watch) return;
      watch.isInsisted = true;
      setLimits(GOOD.limits);
    },
    dismissReport: () => store.setState({ report: null }),
  };
}

/** The same object for the same verdict, so that nothing is drawn again for it. */
function same(before: Verdict, now: Verdict): Verdict {
  return JSON.stringify(before) === JSON.stringify(now) ? before : now;
}
