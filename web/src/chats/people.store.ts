import type { UserId } from '@dialog/shared/contract/values';
import { type User, USERS_PER_REQUEST_MAX, userRoutes } from '@dialog/shared/users';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Call } from '../platform/api.ts';
import type { Clock } from '../platform/clock.ts';

type PeopleById = ReadonlyMap<UserId, User>;

/** Everyone this device has met, so that a message can be signed with a name. */
export interface People {
  readonly store: StoreApi<PeopleById>;
  learn(users: readonly User[]): void;
  /** Someone is to be shown who may be unknown; asked for together with others. */
  want(userId: UserId): void;
}

const TOGETHER_MS = 50;
/** Whom the server did not name this time may be asked for again after this. */
const ASK_AGAIN_MS = 60_000;

export function createPeople({ call, clock }: { readonly call: Call; readonly clock: Clock }): People {
  const store = createStore<PeopleById>(() => new Map());
  const askedAt = new Map<UserId, number>();
  let wanted: UserId[] = [];

  return { store, learn, want };

  function learn(users: readonly User[]): void {
    const known = store.getState();
    const news = users.filter((user) => isNews(known.get(user.id), user));
    if (news.length === 0) return;
    store.setState(new Map([...known, ...news.map((user): [UserId, User] => [user.id, user])]), true);
  }

  function want(userId: UserId): void {
    if (store.getState().has(userId)) return;
    if (clock.now() - (askedAt.get(userId) ?? -ASK_AGAIN_MS) < ASK_AGAIN_MS) return;
    askedAt.set(userId, clock.now());
    wanted.push(userId);
    if (wanted.length === 1) clock.after(TOGETHER_MS, () => void ask());
  }

  async function ask(): Promise<void> {
    const ids = wanted;
    wanted = [];
    for (let start = 0; start < ids.length; start += USERS_PER_REQUEST_MAX) {
      const some = ids.slice(start, start + USERS_PER_REQUEST_MAX);
      // oxlint-disable-next-line no-await-in-loop -- one question at a time is enough for names
      const answer = await call(userRoutes.listUsers, { body: { ids: some } }).catch(() => undefined);
      if (answer) learn(answer.users);
      else some.forEach((id) => askedAt.delete(id));
    }
  }
}

/** Of two versions of a person the newer stays, in whatever order they come. */
function isNews(known: User | undefined, user: User): boolean {
  if (!known) return true;
  const [before, now] = [known.profileRevision ?? 0, user.profileRevision ?? 0];
  if (now !== before) return now > before;
  return known.displayName !== user.displayName || known.userName !== user.userName;
}
