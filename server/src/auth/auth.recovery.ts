import { RECOVERY_CODES } from '@dialog/shared/auth.recovery';
import type { UserId } from '@dialog/shared/contract/values';
import { AppError } from '../platform/appError.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Caller } from '../platform/http/router.ts';
import { newId } from '../platform/ids.ts';
import type { ChangeProofs } from './auth.notices.ts';
import type { RecoveryRepository } from './auth.recovery.repository.ts';
import type { AuthRepository } from './auth.repository.ts';
import type { Sessions } from './auth.sessions.ts';
import type { PasswordHasher } from './passwordHash.ts';
import { checkNewPassword } from './passwordRules.ts';
import { hashOfRecoveryCode, newRecoveryCode } from './recoveryCode.ts';

interface Deps {
  readonly db: Database;
  readonly repository: AuthRepository;
  readonly recoveryCodes: RecoveryRepository;
  readonly sessions: Sessions;
  readonly passwords: PasswordHasher;
  readonly now: () => Date;
  readonly changeProofs: ChangeProofs;
}

interface Forgotten {
  readonly userName: string;
  readonly code: string;
  readonly newPassword: string;
}

export type Recovery = ReturnType<typeof createRecovery>;

/** Codes on paper, for who has lost the password or the second factor, and may have no e-mail address. */
export function createRecovery(deps: Deps) {
  const { db, repository, recoveryCodes, sessions, passwords, now } = deps;

  async function makeCodes(tx: Tx, userId: UserId): Promise<string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
    const hashes = codes.map((code) => hashOfRecoveryCode(userId, code));
    await recoveryCodes.replace(tx, userId, { hashes, at: now() });
    return codes;
  }

  return {
    /** With the account. What is answered is known to nobody afterwards. */
    makeCodes,

    /** The old ones are void. */
    async renewCodes(caller: Caller): Promise<string[]> {
      const change = { caller, what: 'codes-made' } as const;
      return (await deps.changeProofs(change, (tx) => makeCodes(tx, caller.userId))) ?? [];
    },

    keepCodes: ({ userId }: Caller): Promise<void> => recoveryCodes.markKept(db, userId, now()),

    spend: (tx: Tx, userId: UserId, code: string): Promise<boolean> =>
      recoveryCodes.remove(tx, userId, hashOfRecoveryCode(userId, code)),

    countLeft: (tx: Tx, userId: UserId): Promise<number> => recoveryCodes.count(tx, userId),

    areKept: (tx: Tx, userId: UserId): Promise<boolean> => recoveryCodes.areKept(tx, userId),

    /**
     * A new password for one code; every session ends. A name that nobody has costs the same work and gets the same answer
     * as a wrong code.
     */
    async recover({ userName, code, newPassword }: Forgotten): Promise<void> {
      const name = userName.trim().toLowerCase();
      checkNewPassword(newPassword, [name]);
      const passwordHash = await passwords.hash(newPassword);
      const account = await repository.findAccountByName(db, name);
      const userId = account?.id ?? newId<UserId>();
      const ended = await db.transaction(async (tx) => {
        const locked = await repository.lockAccount(tx, userId);
        const wasThere = await recoveryCodes.remove(tx, userId, hashOfRecoveryCode(userId, code));
        if (!locked || !wasThere) throw new AppError('wrong-recovery-code');
        // Only now: it would tell strangers what somebody is called. The code is not spent when this refuses.
        checkNewPassword(newPassword, [locked.userName, locked.displayName]);
        await repository.changePasswordHash(tx, userId, passwordHash);
        return sessions.endAll(tx, userId, 'password');
      });
      sessions.close(ended);
    },
  };
}
