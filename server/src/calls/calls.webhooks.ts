import type { Database } from '../platform/database.ts';
import type { MediaNews, MediaServer } from '../platform/livekit/livekit.ts';
import type { MediaPool } from '../platform/livekit/mediaPool.ts';
import type { Call, CallRepository } from './calls.repository.ts';

/** After these a call's people may be others than before. */
const TELLING: ReadonlySet<string> = new Set([
  'participant_joined',
  'participant_left',
  'participant_connection_aborted',
  'room_finished',
]);

interface Deps {
  readonly db: Database;
  readonly calls: CallRepository;
  readonly pool: MediaPool;
  readonly stir: (call: Call) => void;
}

export type CallWebhooks = ReturnType<typeof createCallWebhooks>;

/**
 * The media server's news are a reason to look, never a truth of their own: they come late, twice, or out of order, and
 * the look throws out whoever may not be there.
 */
export function createCallWebhooks({ db, calls, pool, stir }: Deps) {
  /** The servers whose key signed it: one, or all that share their key. Null: none. */
  async function read(body: string, authorization: string | undefined) {
    const signers: MediaServer[] = [];
    let news: MediaNews | null = null;
    for (const server of pool.servers) {
      // oxlint-disable-next-line no-await-in-loop -- a handful, and only arithmetic
      const heard = await server.readWebhook(body, authorization);
      if (heard) signers.push(server);
      news ??= heard;
    }
    return news && { news, signers };
  }

  return {
    /** False when the signature is wrong. */
    async hear(body: string, authorization: string | undefined): Promise<boolean> {
      const heard = await read(body, authorization);
      if (!heard) return false;
      const { news, signers } = heard;
      if (!TELLING.has(news.event) || news.room === '') return true;
      const call = await calls.findRunningByRoom(db, news.room);
      const server = call && pool.find(call.mediaServer);
      if (server && signers.includes(server)) stir(call);
      return true;
    },
  };
}
