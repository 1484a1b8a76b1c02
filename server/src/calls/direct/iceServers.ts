import { createHmac } from 'node:crypto';
import type { IceServer } from '@dialog/shared/calls.values';
import type { CallId, UserId } from '@dialog/shared/contract/values';
import type { Config } from '../../config.ts';

/** A relay that was begun goes on; to begin one anew, as after a change of networks, takes fresh ones. */
const CREDENTIALS_SECONDS = 600;
/** Only looked at, before any call. */
const PROBE_SECONDS = 60;

interface Wanted {
  readonly turn: Config['turn'];
  /** Null: no call yet, one looks whether the relay can be reached. */
  readonly callId: CallId | null;
  readonly userId: UserId;
  readonly now: Date;
}

/**
 * Where one person's devices find a relay for one call, with credentials that end (TURN REST): the name says when, the
 * password proves that we said so. The relay counts by name and learns nobody's.
 */
export function iceServersFor({ turn, callId, userId, now }: Wanted): IceServer[] {
  if (!turn) return [];
  const end = Math.floor(now.getTime() / 1_000) + (callId ? CREDENTIALS_SECONDS : PROBE_SECONDS);
  const who = createHmac('sha256', turn.secret)
    .update(`${callId ?? 'probe'} ${userId}`)
    .digest('base64url')
    .slice(0, 22);
  const username = `${end}:${who}`;
  const credential = createHmac('sha1', turn.secret).update(username).digest('base64');
  return [{ urls: [...turn.urls], username, credential }];
}
