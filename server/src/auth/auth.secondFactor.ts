import type { PasskeyAnswer } from '@dialog/shared/auth.passkeys.values';
import type { SecondProof, SecondStep } from '@dialog/shared/auth.secondFactor';
import type { SignInMethod } from '@dialog/shared/auth.values';
import type { UserId } from '@dialog/shared/contract/values';
import { AppError } from '../platform/appError.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { RequestContext } from '../platform/http/router.ts';
import type { Limiter } from '../platform/limits/limiter.ts';
import type { Challenges } from './auth.challenges.ts';
import type { Passkeys } from './auth.passkeys.ts';
import type { Proofs } from './auth.proofs.ts';
import type { Recovery } from './auth.recovery.ts';
import type { Account, AuthRepository } from './auth.repository.ts';
import type { SecondFactorRepository } from './auth.secondFactor.repository.ts';
import type { BegunSession, Sessions } from './auth.sessions.ts';

interface Deps {
  readonly db: Database;
  readonly repository: AuthRepository;
  readonly secondFactors: SecondFactorRepository;
  readonly sessions: Sessions;
  readonly challenges: Challenges;
  readonly passkeys: Passkeys;
  readonly recovery: Recovery;
  readonly proofs: Proofs;
  readonly limiter: Pick<Limiter, 'take'>;
}

type Context = Pick<RequestContext, 'address' | 'userAgent' | 'origin'>;

interface Entering {
  readonly userId: UserId;
  readonly method: SignInMethod;
  readonly context: Context;
}

export type SecondFactors = ReturnType<typeof createSecondFactors>;

/** What follows a right password where that does not suffice, and the passkey that needs no password. */
export function createSecondFactors(deps: Deps) {
  const { db, repository, secondFactors, sessions, challenges, passkeys, recovery, proofs, limiter } = deps;

  /** Whatever is used up on the way in is used up with it: of two who bring the same, one gets in. */
  async function begin({ userId, method, context }: Entering, use: (tx: Tx) => Promise<void>): Promise<BegunSession> {
    const { signedIn, ended } = await db.transaction(async (tx) => {
      // First, as whoever changes the password does: of the two one is wholly before the other.
      const account = await repository.lockAccount(tx, userId);
      if (!account) throw new AppError('challenge-over');
      await use(tx);
      return sessions.begin(tx, { user: userOf(account), origin: context, isConfirmed: true, method });
    });
    sessions.close(ended);
    return signedIn;
  }

  return {
    /** The password was right: what else this account asks for, undefined when nothing. */
    async stepAfterPassword(tx: Tx, userId: UserId, context: Context): Promise<SecondStep | undefined> {
      const steps = await secondFactors.findSteps(tx, userId);
      if (!steps.totp && !steps.passkey) return undefined;
      const hasPasskey = await passkeys.haveAnswer(tx, userId, context);
      const hasCodes = (await recovery.countLeft(tx, userId)) > 0;
      const asked = hasPasskey ? await passkeys.ask(tx, { asking: 'passkey-second', userId }, context) : undefined;
      return {
        kind: 'second-factor',
        challenge: await challenges.make(tx, 'second-step', userId),
        factors: [
          ...(steps.totp ? (['totp'] as const) : []),
          ...(asked ? (['passkey'] as const) : []),
          ...(hasCodes ? (['recovery-code'] as const) : []),
        ],
        ...(asked ? { passkey: asked } : {}),
      };
    },

    /** @throws AppError `wrong-proof`, or `challenge-over` when it is late or was tried too often. */
    async finish(
      { challenge, proof }: { readonly challenge: string; readonly proof: SecondProof },
      context: Context,
    ): Promise<BegunSession> {
      const userId = await challenges.tryOnce('second-step', challenge);
      // Whoever has the password could begin again and again.
      await limiter.take('secondFactor', userId);
      const use = await proofs.check(userId, proof, { asking: 'passkey-second', origin: context.origin });
      return begin({ userId, method: 'password', context }, async (tx) => {
        await challenges.spend(tx, 'second-step', challenge);
        if (!(await use(tx))) throw new AppError('wrong-proof');
      });
    },

    /** It has verified its person: something they have, and something they know or are. */
    async signInByPasskey(answer: PasskeyAnswer, context: Context): Promise<BegunSession> {
      const right = await passkeys.check(answer, { asking: 'passkey-sign-in', userId: null }, context);
      if (!right) throw new AppError('passkey-unknown');
      return begin({ userId: right.passkey.userId, method: 'passkey', context }, async (tx) => {
        if (!(await passkeys.use(tx, right))) throw new AppError('passkey-unknown');
      });
    },
  };
}

function userOf({ id, userName, displayName }: Account) {
  return { id, userName, displayName };
}
