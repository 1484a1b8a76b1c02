import type { RouteReply } from '@dialog/shared/contract/routes';
import type { UserId } from '@dialog/shared/contract/values';
import { peopleRoutes } from '@dialog/shared/people';
import type { User } from '@dialog/shared/users';
import type { ChatSync } from '../chats/chats.sync.ts';
import type { Call } from '../platform/api.ts';

export type Wanted = { readonly userId: UserId } | { readonly code: string };

/** What one does about other people. Each rejects with an ApiError and changes nothing then. */
export interface People {
  find(name: string): Promise<RouteReply<typeof peopleRoutes.findPeople>>;
  request(wanted: Wanted): Promise<void>;
  accept(userId: UserId): Promise<void>;
  decline(userId: UserId): Promise<void>;
  withdraw(userId: UserId): Promise<void>;
  remove(userId: UserId): Promise<void>;
  block(userId: UserId): Promise<void>;
  unblock(userId: UserId): Promise<void>;
  /** The code of one's own link, if there is one. */
  link(): Promise<string | null>;
  renewLink(): Promise<string | null>;
  revokeLink(): Promise<string | null>;
  /** Whose link it is. */
  lookUp(code: string): Promise<User>;
}

export function createPeople({ call, chats }: { readonly call: Call; readonly chats: ChatSync }): People {
  const learn = chats.learnPerson;
  return {
    find: (name) => call(peopleRoutes.findPeople, { body: { name } }),
    request: async (wanted) => learn(await call(peopleRoutes.requestFriend, { body: wanted })),
    accept: async (userId) => learn(await call(peopleRoutes.acceptFriend, { params: { userId } })),
    decline: async (userId) => learn(await call(peopleRoutes.declineFriend, { params: { userId } })),
    withdraw: async (userId) => learn(await call(peopleRoutes.withdrawRequest, { params: { userId } })),
    remove: async (userId) => learn(await call(peopleRoutes.removeFriend, { params: { userId } })),
    block: async (userId) => learn(await call(peopleRoutes.blockPerson, { params: { userId } })),
    unblock: async (userId) => learn(await call(peopleRoutes.unblockPerson, { params: { userId } })),
    link: async () => (await call(peopleRoutes.getAddLink, {})).code,
    renewLink: async () => (await call(peopleRoutes.renewAddLink, {})).code,
    revokeLink: async () => (await call(peopleRoutes.revokeAddLink, {})).code,
    lookUp: (code) => call(peopleRoutes.lookUpAddLink, { body: { code } }),
  };
}
