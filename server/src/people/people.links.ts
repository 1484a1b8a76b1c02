import { createHash, randomBytes } from 'node:crypto';
import type { UserId } from '@dialog/shared/contract/values';
import { deriveSealingKey, seal, unseal } from '../platform/crypto/sealing.ts';
import type { Database } from '../platform/database.ts';
import { toBytes } from '../platform/ids.ts';
import type { LinkRepository } from './people.links.repository.ts';

interface Deps {
  readonly db: Database;
  readonly repository: LinkRepository;
  readonly masterKey: Buffer;
}

/** 192 random bits: not to be guessed. */
const CODE_BYTES = 24;

export type AddLinks = ReturnType<typeof createAddLinks>;

/** A person's own link. Found by its hash and shown to its owner from what is sealed: whoever reads the table has neither. */
export function createAddLinks({ db, repository, masterKey }: Deps) {
  const key = deriveSealingKey(masterKey, 'add links');

  return {
    /** Null when there is none, or none that can be shown any more. */
    async codeOf(userId: UserId): Promise<string | null> {
      const sealed = await repository.find(db, userId);
      try {
        return sealed ? unseal(key, sealed, toBytes(userId)).toString('utf8') : null;
      } catch {
        return null;
      }
    },

    async renew(userId: UserId): Promise<string> {
      const code = randomBytes(CODE_BYTES).toString('base64url');
      await repository.put(db, { userId, codeHash: hashOf(code), code: seal(key, code, toBytes(userId)) });
      return code;
    },

    revoke: (userId: UserId) => repository.remove(db, userId),

    ownerOf: (code: string) => repository.ownerOf(db, hashOf(code)),
  };
}

function hashOf(code: string): Buffer {
  return createHash('sha256').update(code).digest();
}
