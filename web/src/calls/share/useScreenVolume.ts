import { UserId } from '@dialog/shared/contract/values';
import { useEffect, useState } from 'react';
import * as z from 'zod/mini';
import { keep, kept } from '../../platform/keepsakes.ts';
import type { Participant } from '../transport/media.transport.ts';
import { useCalls } from '../useCalls.ts';

const Volumes = z.array(z.tuple([UserId, z.number().check(z.gte(0), z.lte(1))]));
/** Who was set longest ago is forgotten first. */
const KEPT_MAX = 100;

export interface ScreenVolume {
  /** Null: there is no sound to be made louder. */
  readonly value: number | null;
  readonly set: (volume: number) => void;
}

/** How loud I hear what someone shares, apart from their voice: kept on this device. */
export function useScreenVolume({ identity, userId, hasScreenSound, isMe, screen }: Participant): ScreenVolume {
  const { own } = useCalls();
  const [volume, setVolume] = useState(() => new Map(readVolumes()).get(userId) ?? 1);
  const isHeard = hasScreenSound && !isMe;
  // Another picture comes on a new way, which knows nobody's volume.
  const way = screen?.id;
  useEffect(() => {
    if (isHeard && way !== undefined) own.setScreenVolume(identity, volume);
  }, [own, isHeard, identity, volume, way]);
  return {
    value: isHeard ? volume : null,
    set(next) {
      setVolume(next);
      const others = readVolumes().filter(([one]) => one !== userId);
      keep('screen-volumes', JSON.stringify([...others, [userId, next]].slice(-KEPT_MAX)));
    },
  };
}

function readVolumes(): readonly (readonly [UserId, number])[] {
  try {
    const known = z.safeParse(Volumes, JSON.parse(kept('screen-volumes') ?? '[]'));
    return known.success ? known.data : [];
  } catch {
    return [];
  }
}
