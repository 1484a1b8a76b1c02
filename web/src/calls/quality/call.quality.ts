import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '../../platform/clock.ts';
import type { CallId } from '@dialog/shared/contract/values';
import type { ActiveCall, CallState } from '../call.store.ts';
import type { Flow, Limits } from '../transport/media.transport.ts';
import { badMoments } from './badMoments.ts';
import { type Figures, figuresBetween, type Look } from './figures.ts';
import { FULL_STEP, giveWay, type Step } from './giveWay.ts';
import { addBadMoment, type Moment, type Spell, worstSpells } from './spells.ts';
import { judge, LOOKS_KEPT, LOOKS_TO_BEGIN, lossIn, type Verdict } from './verdict.ts';

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
  lost: Pick<Moment, 'kind' | 'from'> | null;
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
    if (watch) followLink(watch, active);
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
      lost: null,
      isInsisted: false,
    };
    store.setState({ ...GOOD, report: null });
    void turn(watch);
  }

  /** While there is no way nothing can be measured; that there was none is worth a line. */
  function followLink(mine: Watch, { link, way }: Pick<ActiveCall, 'link' | 'way'>): void {
    if (link !== 'up') {
      mine.lost ??= { kind: way === 'direct' ? 'lostBetween' : 'lost', from: clock.now() };
      mine.look = null;
      mine.figures = [];
    } else endLoss(mine);
  }

  function endLoss(mine: Watch): void {
    if (mine.lost) mine.spells = addBadMoment(mine.spells, { ...mine.lost, to: clock.now(), loss: 1 });
    mine.lost = null;
  }

  /** A call put on hold is not over yet. */
  function end(mine: Watch, { isReported }: { readonly isReported: boolean }): void {
    endLoss(mine);
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
    if (mine.lost === null) take(mine, { at: clock.now(), flows });
    stopTimer = clock.after(LOOK_EVERY_MS, () => void turn(mine));
  }

  function take(mine: Watch, look: Look): void {
    const before = mine.look;
    mine.look = look;
    if (!before) return;
    const figures = figuresBetween(before, look);
    mine.figures = [...mine.figures, figures].slice(-LOOKS_KEPT);
    const { active } = own.store.getState();
    const isDirect = active?.way === 'direct';
    const was = store.getState().verdict;
    const verdict = judge(was, { figures: mine.figures, people: active?.people ?? [], isDirect });
    for (const moment of badMoments(mine.figures, { was, verdict, isDirect }))
      mine.spells = addBadMoment(mine.spells, moment);
    store.setState({ verdict: same(was, verdict), figures });
    if ((was.kind === 'sent') !== (verdict.kind === 'sent')) own.sayLinkIsPoor(verdict.kind === 'sent');
    limit(mine, verdict);
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
    const isMine = verdict.kind === 'received' || verdict.kind === 'sent' || verdict.kind === 'between';
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
