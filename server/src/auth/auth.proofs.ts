import type { Proof } from '@dialog/shared/auth.confirming';
import type { UserId } from '@dialog/shared/contract/values';
import type { Database, Tx } from '../platform/database.ts';
import type { RequestContext } from '../platform/http/router.ts';
import type { Asking, Passkeys } from './auth.passkeys.ts';
import type { Recovery } from './auth.recovery.ts';
import type { AuthRepository } from './auth.repository.ts';
import type { Totps } from './auth.totp.ts';
import type { PasswordHasher } from './passwordHash.ts';

interface Deps {
  readonly db: Database;
  readonly repository: AuthRepository;
  readonly passwords: PasswordHasher;
  readonly totps: Totps;
  readonly recovery: Recovery;
  readonly passkeys: Passkeys;
}

/** The second half of a proof: uses up what works only once, with what it opens, in one transaction. */
export type UseProof = (tx: Tx) => Promise<boolean>;

interface Circumstances extends Pick<RequestContext, 'origin'> {
  /** What a passkey had been asked for. */
  readonly asking: Asking;
}

type Checks = {
  readonly [Kind in Proof['kind']]: (
    userId: UserId,
    proof: Extract<Proof, { kind: Kind }>,
    circumstances: Circumstances,
  ) => Promise<UseProof>;
};

const wrong: UseProof = async () => false;

export type Proofs = ReturnType<typeof createProofs>;

/**
 * Everything by which a person can show that they are the person of an account. What takes time is done at once, what may
 * happen only once is left to the transaction of the caller: whichever of two wins has all of it, the other nothing.
 */
export function createProofs({ db, repository, passwords, totps, recovery, passkeys }: Deps) {
  const checks: Checks = {
    async password(userId, { password }) {
      const account = await repository.findAccount(db, userId);
      const isRight = await passwords.matches(account?.passwordHash, password);
      return async () => isRight;
    },
    totp:
      async (userId, { code }) =>
      (tx) =>
        totps.take(tx, userId, code),
    'recovery-code':
      async (userId, { code }) =>
      (tx) =>
        recovery.spend(tx, userId, code),
    async passkey(userId, { answer }, { asking, origin }) {
      const right = await passkeys.check(answer, { asking, userId }, { origin });
      return right ? (tx) => passkeys.use(tx, right) : wrong;
    },
  };

  return {
    check<Kind extends Proof['kind']>(
      userId: UserId,
      proof: Extract<Proof, { kind: Kind }>,
      circumstances: Circumstances,
    ): Promise<UseProof> {
      const check: Checks[Kind] = checks[proof.kind];
      return check(userId, proof, circumstances);
    },
  };
}
