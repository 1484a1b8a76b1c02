import { createScheduled, type Scheduled } from './messages.scheduled.ts';
import type { Wire } from './messages.ts';
import { useMessages } from './useMessages.ts';

/** One for each signed-in person; it hears as long as their socket lives. */
const byWire = new WeakMap<Wire, Scheduled>();

/** Comes after the first screen. */
export function useScheduled(): Scheduled {
  const { wire } = useMessages();
  const scheduled = byWire.get(wire) ?? createScheduled(wire);
  byWire.set(wire, scheduled);
  return scheduled;
}
