import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { useLate } from '../../platform/late.ts';
import { useCalls } from '../useCalls.ts';
import { NOTHING_RINGS, type RingsState } from './rings.state.ts';

const NONE = createStore<RingsState>(() => NOTHING_RINGS);

/** Nothing rings before the code that rings is there. */
export function useRings<T>(select: (state: RingsState) => T): T {
  const rings = useLate(useCalls().rings);
  return useStore(rings?.store ?? NONE, select);
}
