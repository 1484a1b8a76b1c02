import type { SystemName } from '../drivers/dialects.ts';
import type { Services } from '../support/systems.ts';

/** Measure's name → value. */
export type Figures = Readonly<Record<string, number>>;

/** What a scenario may know of the run it is in. */
export interface Run {
  readonly services: Services;
  /** Shorter windows and smaller crowds: a smoke, not a measurement. */
  readonly isQuick: boolean;
  /** What was measured so far: `scenario.measure` → system → values. */
  readonly soFar: ReadonlyMap<string, Readonly<Partial<Record<SystemName, readonly number[]>>>>;
}

export interface Measure {
  readonly name: string;
  readonly words: string;
  readonly unit: string;
  /** Dialog's value, as a multiple of the baseline's or (`absolute`) as it is. None: told for information. */
  readonly bar?: { readonly atMost: number } | { readonly atLeast: number };
  readonly absolute?: boolean;
}

/** One way of using both systems alike. */
export interface Scenario {
  readonly name: string;
  readonly words: string;
  readonly measures: readonly Measure[];
  readonly repeats?: number;
  /** Only Dialog has what is measured. */
  readonly dialogOnly?: boolean;
  measure(system: SystemName, run: Run): Promise<Figures>;
}
