import { REMOVALS_MAX } from '@dialog/shared/calls.moderation';
import type { CallSource } from '@dialog/shared/calls.moderation.values';
import type { CallSilence } from '@dialog/shared/calls.silences';
import type { CallStanding } from '@dialog/shared/calls.moderation.rules';
import type { Chat, Role } from '@dialog/shared/chats';
import type { CallId, UserId } from '@dialog/shared/contract/values';
import type { Row, Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

/** What decides whether one person may act on another, or on the call as a whole. */
interface Rights {
  readonly kind: Chat['kind'];
  readonly isAnnouncementOnly: boolean;
  readonly actor: CallStanding;
  readonly target: CallStanding;
  /** Whoever was removed keeps order no longer, until they are admitted again. */
  readonly isActorRemoved: boolean;
}

interface RightsRow extends Row {
  readonly kind: Chat['kind'];
  readonly is_announcement_only: number;
  readonly started_by: Buffer;
  readonly actor_role: Role | null;
  readonly target_role: Role | null;
  readonly is_actor_removed: number;
}

interface Target {
  readonly callId: CallId;
  readonly userId: UserId;
}

/** The rows of `call_removals` and `call_silences`, and what of chats and members decides who keeps order in a call. */
export const callModerationRepository = {
  async rightsOf(
    tx: Tx,
    callId: CallId,
    { actorId, targetId }: { readonly actorId: UserId; readonly targetId: UserId },
  ): Promise<Rights | null> {
    const [row] = await tx.rows<RightsRow>(
      `SELECT h.kind, h.is_announcement_only, c.started_by, a.role AS actor_role, t.role AS target_role,
         EXISTS (SELECT 1 FROM call_removals r WHERE r.call_id = c.id AND r.user_id = :actorId) AS is_actor_removed
       FROM calls c JOIN chats h ON h.id = c.chat_id
       JOIN members a ON a.chat_id = c.chat_id AND a.user_id = :actorId
       LEFT JOIN members t ON t.chat_id = c.chat_id AND t.user_id = :targetId
       WHERE c.id = :id`,
      { id: toBytes(callId), actorId: toBytes(actorId), targetId: toBytes(targetId) },
    );
    if (!row) return null;
    const startedBy = fromBytes<UserId>(row.started_by);
    return {
      kind: row.kind,
      isActorRemoved: row.is_actor_removed === 1,
      isAnnouncementOnly: row.is_announcement_only === 1,
      actor: { role: row.actor_role, hasStarted: startedBy === actorId },
      target: { role: row.target_role, hasStarted: startedBy === targetId },
    };
  },

  /** From now on they may not be in it. */
  async remove(tx: Tx, { callId, userId, removedBy }: Target & { readonly removedBy: UserId }): Promise<void> {
    await tx.run(
      `INSERT INTO call_removals (call_id, user_id, removed_by, removed_at) VALUES (:callId, :userId, :removedBy, UTC_TIMESTAMP(3))
       ON DUPLICATE KEY UPDATE removed_by = VALUES(removed_by)`,
      { callId: toBytes(callId), userId: toBytes(userId), removedBy: toBytes(removedBy) },
    );
  },

  async admitAgain(tx: Tx, callId: CallId, userId: UserId): Promise<boolean> {
    const { affected } = await tx.run('DELETE FROM call_removals WHERE call_id = :callId AND user_id = :userId', {
      callId: toBytes(callId),
      userId: toBytes(userId),
    });
    return affected > 0;
  },

  /** On all their devices, at this moment by the database's clock. */
  async silence(tx: Tx, { callId, userId }: Target, source: CallSource): Promise<void> {
    await tx.run(
      `INSERT INTO call_silences (call_id, user_id, source, silenced_at) VALUES (:callId, :userId, :source, UTC_TIMESTAMP(3))
       ON DUPLICATE KEY UPDATE silenced_at = VALUES(silenced_at)`,
      { callId: toBytes(callId), userId: toBytes(userId), source },
    );
  },

  /** The last one of each source. */
  async silencesOf(tx: Tx, { callId, userId }: Target): Promise<CallSilence[]> {
    const rows = await tx.rows<{ source: CallSource; silenced_at: Date }>(
      'SELECT source, silenced_at FROM call_silences WHERE call_id = :callId AND user_id = :userId',
      { callId: toBytes(callId), userId: toBytes(userId) },
    );
    return rows.map((row) => ({ source: row.source, at: row.silenced_at.toISOString() }));
  },

  async list(tx: Tx, callId: CallId): Promise<UserId[]> {
    const rows = await tx.rows<{ user_id: Buffer }>(
      `SELECT user_id FROM call_removals WHERE call_id = :callId ORDER BY removed_at DESC LIMIT ${REMOVALS_MAX}`,
      { callId: toBytes(callId) },
    );
    return rows.map((row) => fromBytes(row.user_id));
  },
};

export type CallModerationRepository = typeof callModerationRepository;
