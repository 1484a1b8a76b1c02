import { UserId } from '@dialog/shared/contract/values';
import * as z from 'zod/mini';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** From 0 to 1, of those whom this device plays less loud; all others are at 1. */
type Volumes = ReadonlyMap<UserId, number>;

const Kept = z.array(z.tuple([UserId, z.number().check(z.gte(0), z.lt(1))]));

/** Who was set longest ago is forgotten first. */
const KEPT_MAX = 200;

/** How loud I hear each person, on whatever device they are: kept on this one. */
export interface OwnVolumes {
  readonly store: StoreApi<Volumes>;
  set(userId: UserId, volume: number): void;
}

export interface VolumesKeepsake {
  readonly kept: () => string | null;
  readonly keep: (volumes: string) => void;
}

export function createOwnVolumes({ kept, keep }: VolumesKeepsake): OwnVolumes {
  const store = createStore<Volumes>(() => readVolumes(kept()));
  return {
    store,
    set(userId, volume) {
      const volumes = new Map(store.getState());
      volumes.delete(userId);
      if (volume < 1) volumes.set(userId, Math.max(0, volume));
      store.setState(volumes, true);
      keep(JSON.stringify([...volumes].slice(-KEPT_MAX)));
    },
  };
}

function readVolumes(kept: string | null): Volumes {
  try {
    const known = z.safeParse(Kept, JSON.parse(kept ?? '[]'));
    return new Map(known.success ? known.data : []);
  } catch {
    return new Map();
  }
}
