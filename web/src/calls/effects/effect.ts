/** Stands between a device and what leaves it: takes the raw track, gives another in its place. */
export interface Effect {
  readonly track: MediaStreamTrack;
  stop(): void;
}

/** `lost` is told when an effect that ran gives nothing more. */
export type StartEffect = (raw: MediaStreamTrack, lost: () => void) => Promise<Effect>;

export type EffectStatus = 'off' | 'starting' | 'on' | 'failed';

/** What is wanted: equal keys are the same effect. */
export interface WantedEffect {
  readonly key: string;
  readonly start: StartEffect;
}

/**
 * The effect on one device, at most one at a time. It is started anew for another track or another wish, and the one
 * before runs on until its successor gives something. `changed` is told of each step.
 */
export function createEffectSlot(changed: () => void) {
  let raw: MediaStreamTrack | null = null;
  let key: string | null = null;
  let running: Effect | null = null;
  let status: EffectStatus = 'off';
  /** Raised whenever what is under way is no longer wanted. */
  let turn = 0;

  function stop(): void {
    running?.stop();
    running = null;
  }

  async function begin(track: MediaStreamTrack, start: StartEffect): Promise<void> {
    const mine = (turn += 1);
    status = 'starting';
    changed();
    try {
      const started = await start(track, () => mine === turn && fail());
      if (mine !== turn) return started.stop();
      stop();
      running = started;
      status = 'on';
      changed();
    } catch {
      if (mine === turn) fail();
    }
  }

  function fail(): void {
    turn += 1;
    stop();
    status = 'failed';
    changed();
  }

  return {
    status: () => status,
    /** What the effect gives; null as long as it gives nothing. */
    track: () => running?.track ?? null,

    /** Brings the slot to this track and this wish. */
    use(nextRaw: MediaStreamTrack | null, wanted: WantedEffect | null): void {
      const nextKey = wanted?.key ?? null;
      if (raw === nextRaw && key === nextKey) return;
      if (raw !== nextRaw) stop();
      raw = nextRaw;
      key = nextKey;
      if (raw && wanted) return void begin(raw, wanted.start);
      turn += 1;
      stop();
      status = 'off';
      changed();
    },
    /** What failed is tried again at the next `use`. */
    forget(): void {
      if (status === 'failed') key = null;
    },
  };
}
