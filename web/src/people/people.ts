import type { PersonChanges } from '@dialog/shared/chats';
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

/** What one does about somebody, known by their id. */
type ActOnPerson =
  | 'acceptFriend'
  | 'declineFriend'
  | 'withdrawRequest'
  | 'removeFriend'
  | 'blockPerson'
  | 'unblockPerson';

interface PeopleDeps {
  readonly call: Call;
  readonly chats: Pick<ChatSync, 'learnPerson'>;
}

export function createPeople({ call, chats }: PeopleDeps): People {
  /** An act is not sent again while it is on its way, from whatever place: whoever asks meanwhile waits for the one. */
  const underWay = new Map<string, Promise<void>>();

  function once(act: string, send: () => Promise<PersonChanges>): Promise<void> {
    const sent = underWay.get(act) ?? send().then(chats.learnPerson);
    underWay.set(act, sent);
    return sent.finally(() => underWay.delete(act));
  }

  const doing = (name: ActOnPerson) => (userId: UserId) =>
    once(`${name} ${userId}`, () => call(peopleRoutes[name], { params: { userId } }));

  return {
    find: (name) => call(peopleRoutes.findPeople, { body: { name } }),
    request: (wanted) => once(JSON.stringify(wanted), () => call(peopleRoutes.requestFriend, { body: wanted })),
    accept: doing('acceptFriend'),
    decline: doing('declineFriend'),
    withdraw: doing('withdrawRequest'),
    remove: doing('removeFriend'),
    block: doing('blockPerson'),
    unblock: doing('unblockPerson'),
    link: async () => (await call(peopleRoutes.getAddLink, {})).code,
    renewLink: async () => (await call(peopleRoutes.renewAddLink, {})).code,
    revokeLink: async () => (await call(peopleRoutes.revokeAddLink, {})).code,
    lookUp: (code) => call(peopleRoutes.lookUpAddLink, { body: { code } }),
  };
}
