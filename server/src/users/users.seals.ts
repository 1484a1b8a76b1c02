import type { UserId } from '@dialog/shared/contract/values';
import { PersonStatus } from '@dialog/shared/users';
import * as z from 'zod/mini';
import { deriveSealingKey, seal, unseal } from '../platform/crypto/sealing.ts';
import type { SealedStatus } from './users.profiles.repository.ts';

const Said = z.pick(PersonStatus, { text: true, emoji: true });

/** What people write of themselves, bound to whom it is about. What does not open is as if it were not there. */
export function createProfileSeals(masterKey: Buffer) {
  const key = deriveSealingKey(masterKey, 'profiles');

  function open(sealed: Buffer, context: Buffer): string | null {
    try {
      return unseal(key, sealed, context).toString('utf8');
    } catch {
      return null;
    }
  }

  return {
    description: (userId: UserId, text: string): Buffer | null =>
      text === '' ? null : seal(key, text, Buffer.from(`description ${userId}`)),

    openDescription: (userId: UserId, sealed: Buffer | null): string =>
      (sealed && open(sealed, Buffer.from(`description ${userId}`))) ?? '',

    status: (userId: UserId, { text, emoji }: PersonStatus): Buffer =>
      seal(key, JSON.stringify({ text, emoji }), Buffer.from(`status ${userId}`)),

    openStatus(userId: UserId, { status, until }: SealedStatus): PersonStatus | null {
      const text = status && open(status, Buffer.from(`status ${userId}`));
      const said = text === null ? undefined : Said.safeParse(JSON.parse(text)).data;
      return said ? { ...said, ...(until ? { until: until.toISOString() } : {}) } : null;
    },
  };
}
