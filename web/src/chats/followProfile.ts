import type { UserId } from '@dialog/shared/contract/values';
import { ApiError } from '../platform/api.ts';
import type { ProfileActions } from '../users/profile.actions.ts';
import type { People } from './people.store.ts';

export type ReadProfile = Awaited<ReturnType<ProfileActions['read']>>;

export type ProfileAnswer =
  | { readonly kind: 'found'; readonly read: ReadProfile }
  /** One may not know more of them. */
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly failure: unknown };

interface ProfileDeps {
  readonly read: ProfileActions['read'];
  readonly people: Pick<People, 'store' | 'learn'>;
}

/** Reads what somebody says of themselves, and again when they are told to have changed. Answers how to stop. */
export function followProfile(
  userId: UserId,
  { read, people }: ProfileDeps,
  hear: (answer: ProfileAnswer) => void,
): () => void {
  let asked = 0;
  let isWanted = true;

  async function ask(): Promise<void> {
    asked += 1;
    const turn = asked;
    const answer = await answerOf(read(userId));
    // Another was asked for since: it knows more.
    if (!isWanted || turn !== asked) return;
    hear(answer);
    if (answer.kind === 'found') people.learn([answer.read.profile.user]);
  }

  void ask();
  const stop = people.store.subscribe((now, before) => {
    const known = before.get(userId);
    if (known && now.get(userId) !== known) void ask();
  });
  return () => {
    isWanted = false;
    stop();
  };
}

async function answerOf(reading: Promise<ReadProfile>): Promise<ProfileAnswer> {
  try {
    return { kind: 'found', read: await reading };
  } catch (failure) {
    const isNone = failure instanceof ApiError && failure.code === 'user-not-found';
    return isNone ? { kind: 'none' } : { kind: 'failed', failure };
  }
}
