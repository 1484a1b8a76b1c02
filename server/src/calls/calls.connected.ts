import type { EntryId } from '@dialog/shared/calls.values';
import type { MediaServer } from '../platform/livekit/livekit.ts';
import type { MediaPool } from '../platform/livekit/mediaPool.ts';
import type { Call } from './calls.repository.ts';
import type { CallLeases } from './direct/direct.leases.ts';
import { identityOf, parseIdentity } from './identity.ts';

type Where = Pick<Call, 'id' | 'roomName' | 'mediaServer' | 'way'>;

/** A device that is in a call, whether it may be or not. */
export interface Connected {
  readonly identity: string;
  /** By this entry it says so itself; null: the media server sees it. */
  readonly entryId: EntryId | null;
  /** As the media server saw it. */
  readonly joinedAt: Date | null;
}

interface Deps {
  readonly pool: MediaPool;
  readonly leases: CallLeases;
}

export type ConnectedDevices = ReturnType<typeof createConnected>;

/** Who is connected to a call: its media server knows, or of a direct call the leases. */
export function createConnected({ pool, leases }: Deps) {
  const readySince = new Map<MediaServer, number>();
  pool.onStatus((status, server) => {
    if (status === 'ready') readySince.set(server, performance.now());
    else readySince.delete(server);
  });

  function serverOf({ mediaServer }: Where): MediaServer {
    const server = pool.find(mediaServer);
    if (!server) throw new Error('the call is on no media server of ours');
    return server;
  }

  async function beating({ id }: Where): Promise<Connected[]> {
    const entries = await leases.of(id);
    return entries.map((entry) => ({ identity: identityOf(entry), entryId: entry.entryId, joinedAt: null }));
  }

  async function seen(call: Where): Promise<Connected[]> {
    const participants = (await serverOf(call).participants(call.roomName)) ?? [];
    return participants.map(({ identity, joinedAt }) => ({ identity, entryId: null, joinedAt }));
  }

  return {
    /** Throws where nobody can tell. While a call moves, who is still on the direct way counts as well. */
    async in(call: Where): Promise<Connected[]> {
      if (call.way === 'direct') return beating(call);
      const [there, coming] = await Promise.all([seen(call), beating(call).catch(() => [])]);
      return [...there, ...coming];
    },

    /** Ends the connections of a device, or of somebody who is none of ours. */
    async remove(call: Where, identity: string): Promise<void> {
      const device = parseIdentity(identity);
      if (call.way === 'sfu') await serverOf(call).removeParticipant({ room: call.roomName, identity });
      else if (device) await leases.end(call.id, device);
    },

    /** Ends one connection that may not be there. */
    async cut(call: Where, { identity, entryId }: Connected): Promise<void> {
      const device = parseIdentity(identity);
      if (entryId === null) await serverOf(call).removeParticipant({ room: call.roomName, identity });
      else if (device) await leases.end(call.id, { ...device, entryId });
    },

    /** Since when this node can tell, by `performance.now()`; null: it cannot. */
    knownSince(call: Where): number | null {
      if (call.way === 'direct') return leases.knownSince();
      const server = pool.find(call.mediaServer);
      if (server?.status() !== 'ready') return null;
      const since = readySince.get(server) ?? performance.now();
      readySince.set(server, since);
      return since;
    },
  };
}
