import type { Database } from '../platform/database.ts';
import type { MediaServer } from '../platform/livekit/livekit.ts';
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
  readonly media: MediaServer;
  readonly stir: (call: Call) => void;
}

export type CallWebhooks = ReturnType<typeof createCallWebhooks>;

/**
 * The media server's news are a reason to look, never a truth of their own: they come late, twice, or out of order, and
 * the look throws out whoever may not be there.
 */
export function createCallWebhooks({ db, calls, media, stir }: Deps) {
  return {
    /** False when the signature is wrong. */
    async hear(body: string, authorization: string | undefined): Promise<boolean> {
      const news = await media.readWebhook(body, authorization);
      if (!news) return false;
      if (!TELLING.has(news.event) || news.room === '') return true;
      const call = await calls.findRunningByRoom(db, news.room);
      if (call) stir(call);
      return true;
    },
  };
}
