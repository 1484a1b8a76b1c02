import { INVITES_MAX, type Invite } from '@dialog/shared/invites';
import type { ChatId, InviteId, UserId } from '@dialog/shared/contract/values';
import type { KeyChange } from '../chats/chats.clearing.ts';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { Database, Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { hashOf, newCode, openCode, resealCode, sealCode } from './invites.codes.ts';
import type { InviteRepository, StoredInvite } from './invites.repository.ts';

interface Deps {
  readonly db: Database;
  readonly chats: Pick<ChatService, 'changeChat' | 'requireManager' | 'requireGroupManager'>;
  readonly keys: Pick<ChatKeys, 'stored'>;
  readonly repository: InviteRepository;
  readonly now: () => Date;
}

interface Wanted {
  readonly expiresInSeconds?: number | undefined;
  readonly usesMax?: number | undefined;
  readonly needsApproval: boolean;
}

export type InviteService = ReturnType<typeof createInviteService>;

/** The links of a group, as its owners and admins make, see and end them. */
export function createInviteService({ db, chats, keys, repository, now }: Deps) {
  async function list(actorId: UserId, chatId: ChatId): Promise<{ invites: Invite[]; requestCount: number }> {
    await chats.requireManager(db, actorId, chatId);
    const [stored, requestCount, chatKeys] = await Promise.all([
      repository.listAlive(db, chatId, { now: now(), limit: INVITES_MAX }),
      repository.countRequests(db, chatId),
      keys.stored(db, [chatId]),
    ]);
    const invites = stored.flatMap((invite) => {
      const code = openCode(chatKeys.get(chatId) ?? null, invite.code, invite);
      return code === null ? [] : [toInvite(invite, code)];
    });
    return { invites, requestCount };
  }

  return {
    async create(actorId: UserId, chatId: ChatId, wanted: Wanted): Promise<Invite> {
      const { result } = await chats.changeChat({ chatId, actorId }, async (change) => {
        chats.requireGroupManager(change);
        const [madeAt, code, id] = [now(), newCode(), newId<InviteId>()];
        await repository.removeDead(change.tx, chatId, madeAt);
        if ((await repository.countAlive(change.tx, chatId, madeAt)) >= INVITES_MAX)
          throw new AppError('too-many-invites');
        const { expiresInSeconds, usesMax = null, needsApproval } = wanted;
        const invite: StoredInvite = {
          ...{ id, chatId, madeAt, usesMax, needsApproval },
          madeBy: actorId,
          codeHash: hashOf(code),
          code: sealCode(change.key, code, { chatId, id }),
          expiresAt: expiresInSeconds === undefined ? null : new Date(madeAt.getTime() + expiresInSeconds * 1_000),
          uses: 0,
        };
        await repository.insert(change.tx, invite);
        return toInvite(invite, code);
      });
      return result;
    },

    list,

    /** In the act that clears a chat: its links go on. */
    async keyReplaced(tx: Tx, { chatId, ...change }: KeyChange): Promise<void> {
      for (const invite of await repository.lockInChat(tx, chatId)) {
        const code = resealCode(invite.code, invite, change);
        // oxlint-disable-next-line no-await-in-loop -- one connection, and a few links
        if (code) await repository.putCode(tx, invite.id, code);
      }
    },

    /** @throws AppError `invite-not-found` when it stands no longer. */
    async requireCode(actorId: UserId, chatId: ChatId, inviteId: InviteId): Promise<string> {
      const { invites } = await list(actorId, chatId);
      const found = invites.find(({ id }) => id === inviteId);
      if (!found) throw new AppError('invite-not-found');
      return found.code;
    },

    async revoke(actorId: UserId, chatId: ChatId, inviteId: InviteId): Promise<void> {
      await chats.requireManager(db, actorId, chatId);
      await repository.revoke(db, chatId, inviteId);
    },
  };
}

function toInvite(stored: StoredInvite, code: string): Invite {
  const { id, madeBy, madeAt, expiresAt, usesMax, uses, needsApproval } = stored;
  return {
    ...{ id, code, madeBy, usesMax, uses, needsApproval },
    madeAt: madeAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}
