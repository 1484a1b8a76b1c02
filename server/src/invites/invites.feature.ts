import type { Emails } from '../auth/auth.email.ts';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { GroupPictures } from '../chats/chats.pictures.ts';
import type { ChatService } from '../chats/chats.service.ts';
import type { Platform } from '../platform/platform.ts';
import type { UserService } from '../users/users.service.ts';
import { createJoining } from './invites.joining.ts';
import { inviteRepository } from './invites.repository.ts';
import { serveInvites } from './invites.routes.ts';
import { createInviteService } from './invites.service.ts';

interface Neighbours {
  readonly chats: ChatService;
  readonly keys: ChatKeys;
  readonly users: Pick<UserService, 'load'>;
  readonly inviteByMail: Emails['invite'];
  readonly pictures: Pick<GroupPictures, 'readForGuest'>;
}

/** In a group with more owners and admins than this, the others see it when they look. */
const MANAGERS_TOLD_MAX = 100;

/** All of invites on the server: the parts of this folder and their routes, put together. */
export function createInviteFeature(
  { db, now, router, sockets }: Platform,
  { chats, keys, users, pictures, inviteByMail }: Neighbours,
) {
  const repository = inviteRepository;
  const invites = createInviteService({ db, chats, keys, repository, now });
  const joining = createJoining({
    ...{ db, chats, users, pictures, repository, now },
    async requestsChanged(chatId, requestCount) {
      for (const userId of await chats.managersOf(chatId, MANAGERS_TOLD_MAX))
        sockets.tell(`user:${userId}`, 'joinRequestsChanged', { chatId, requestCount });
    },
  });
  serveInvites(router, { invites, joining, inviteByMail });
  return {
    /** With a chat go its links and those who wait. */
    chatRemoved: repository.removeOfChat,
    keyReplaced: invites.keyReplaced,
  };
}
