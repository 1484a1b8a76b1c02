import type { SessionId } from '@dialog/shared/contract/values';
import type { Log } from '../platform/log/log.ts';
import type { Sockets } from '../platform/sockets/sockets.ts';
import type { Sessions } from './auth.sessions.ts';

/** Finds within this time what the bus did not tell: sessions that ended while their sockets are open (SECURITY 3). */
const CHECK_MS = 10_000;
/** Sessions in one query. */
const PORTION = 1_000;
/** How often the sessions of open sockets are marked as in use: every 30th check, five minutes. */
const MARK_EVERY = 30;

interface Deps {
  readonly sockets: Pick<Sockets, 'allLocalSockets' | 'closeSession'>;
  readonly sessions: Pick<Sessions, 'findEnded' | 'markInUse'>;
  readonly log: Log;
}

/** Returns how to stop. */
export function watchSessions({ sockets, sessions, log }: Deps): () => void {
  let checks = 0;

  async function check(): Promise<void> {
    checks += 1;
    const open = new Set<SessionId>();
    for (const socket of sockets.allLocalSockets()) open.add(socket.caller.sessionId);
    const ids = [...open];
    for (let at = 0; at < ids.length; at += PORTION) {
      const portion = ids.slice(at, at + PORTION);
      // oxlint-disable no-await-in-loop -- one query at a time: this is never urgent
      if (checks % MARK_EVERY === 0) await sessions.markInUse(portion);
      const ended = await sessions.findEnded(portion);
      // oxlint-enable no-await-in-loop
      ended.forEach((id) => sockets.closeSession(id));
    }
  }

  let isChecking = false;
  const timer = setInterval(() => {
    if (isChecking) return;
    isChecking = true;
    void check()
      .catch((error: unknown) => log.warn({ err: error }, 'sessions could not be checked'))
      .finally(() => (isChecking = false));
  }, CHECK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
