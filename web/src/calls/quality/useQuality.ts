import { useStore } from 'zustand';
import { systemClock } from '../../platform/clock.ts';
import type { Calls } from '../calls.ts';
import { useCalls } from '../useCalls.ts';
import { type CallQuality, type CallQualityState, createCallQuality } from './call.quality.ts';

const known = new WeakMap<Calls, CallQuality>();

/** Begins with the first stage, and outlives it: the call goes on in its bar. */
function qualityOf(calls: Calls): CallQuality {
  const quality = known.get(calls) ?? createCallQuality({ own: calls.own, clock: systemClock });
  known.set(calls, quality);
  return quality;
}

export function useQuality(): CallQuality {
  return qualityOf(useCalls());
}

export function useQualityState<T>(select: (state: CallQualityState) => T): T {
  return useStore(useQuality().store, select);
}
