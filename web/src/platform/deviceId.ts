import { DeviceId } from '@dialog/shared/contract/values';
import { uuidv7 } from 'uuidv7';
import { keep, kept } from './keepsakes.ts';

/** This browser's id in calls: made once and kept. A browser that keeps nothing is a new device on each visit. */
export function thisDevice(): DeviceId {
  const known = DeviceId.safeParse(kept('device'));
  if (known.success) return known.data;
  const made = DeviceId.parse(uuidv7());
  keep('device', made);
  return made;
}
