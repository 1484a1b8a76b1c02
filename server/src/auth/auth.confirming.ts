import type { Proof, Security } from '@dialog/shared/auth.confirming';
import { AppError } from '../platform/appError.ts';
import type { Database } from '../platform/database.ts';
import type { Caller, RequestContext } from '../platform/http/router.ts';
import type { PasskeyRepository } from './auth.passkeys.repository.ts';
import type { Passkeys } from './auth.passkeys.ts';
import type { Proofs } from './auth.proofs.ts';
import type { Recovery } from './auth.recovery.ts';
import type { Sessions } from './auth.sessions.ts';
import type { Totps } from './auth.totp.ts';

interface Deps {
  readonly db: Database;
  readonly sessions: Sessions;
  readonly proofs: Proofs;
  readonly totps: Totps;
  readonly recovery: Recovery;
  readonly passkeys: Passkeys;
  readonly passkeyRows: PasskeyRepository;
}

export type Confirming = ReturnType<typeof createConfirming>;

/**
 * Showing once more that the person of a session is the one who sits there. It counts for that session alone and for ten
 * minutes; that an act needs it stands in the contract (`access: 'confirmed'`) and is checked in `runRoute`.
 */
export function createConfirming({ db, sessions, proofs, totps, recovery, passkeys, passkeyRows }: Deps) {
  return {
    /** @throws AppError `wrong-proof`. */
    async confirm(
      { userId, sessionId }: Caller,
      proof: Proof,
      { origin }: Pick<RequestContext, 'origin'>,
    ): Promise<void> {
      const use = await proofs.check(userId, proof, { asking: 'passkey-confirming', origin });
      await db.transaction(async (tx) => {
        if (!(await use(tx))) throw new AppError('wrong-proof');
        await sessions.markConfirmed(tx, sessionId);
      });
    },

    getSecurity: ({ userId }: Caller): Promise<Security> =>
      db.snapshot(async (tx) => {
        const hasTotp = await totps.isOn(tx, userId);
        const own = await passkeys.list(tx, userId);
        const recoveryCodesLeft = await recovery.countLeft(tx, userId);
        return {
          proofs: [
            'password',
            ...(hasTotp ? (['totp'] as const) : []),
            ...(own.length > 0 ? (['passkey'] as const) : []),
            ...(recoveryCodesLeft > 0 ? (['recovery-code'] as const) : []),
          ],
          hasTotp,
          passkeys: own,
          hasPasskeyStep: await passkeyRows.hasStep(tx, userId),
          recoveryCodesLeft,
          areRecoveryCodesKept: await recovery.areKept(tx, userId),
        };
      }),
  };
}
