import { repeat } from '../platform/jobs/repeated.ts';
import type { Platform } from '../platform/platform.ts';
import type { Challenges } from './auth.challenges.ts';
import { serveConfirming } from './auth.confirming.routes.ts';
import { createConfirming } from './auth.confirming.ts';
import type { ChangeProofs } from './auth.notices.ts';
import { passkeyRepository } from './auth.passkeys.repository.ts';
import { servePasskeys } from './auth.passkeys.routes.ts';
import { createPasskeys } from './auth.passkeys.ts';
import { createProofs } from './auth.proofs.ts';
import { recoveryRepository } from './auth.recovery.repository.ts';
import { serveRecovery } from './auth.recovery.routes.ts';
import { createRecovery, type Recovery } from './auth.recovery.ts';
import type { AuthRepository } from './auth.repository.ts';
import { secondFactorRepository } from './auth.secondFactor.repository.ts';
import { serveSecondFactors } from './auth.secondFactor.routes.ts';
import { createSecondFactors, type SecondFactors } from './auth.secondFactor.ts';
import type { Sessions } from './auth.sessions.ts';
import { totpRepository } from './auth.totp.repository.ts';
import { createTotps } from './auth.totp.ts';
import type { PasswordHasher } from './passwordHash.ts';

interface Neighbours {
  readonly repository: AuthRepository;
  readonly sessions: Sessions;
  readonly challenges: Challenges;
  readonly passwords: PasswordHasher;
  readonly changeProofs: ChangeProofs;
}

export interface ProofFeature {
  readonly recovery: Recovery;
  readonly secondFactors: SecondFactors;
  /** Returns how to stop. */
  start(): () => void;
}

/** What was asked and never answered is removed this often. */
const SWEEP_MS = 600_000;

/** The part of accounts that is about how people prove who they are, beside the password. */
export function createProofFeature(platform: Platform, neighbours: Neighbours): ProofFeature {
  const { db, router, log } = platform;
  const { challenges } = neighbours;
  const shared = { ...platform, ...neighbours };
  const recovery = createRecovery({ ...shared, recoveryCodes: recoveryRepository });
  const totps = createTotps({ ...shared, totps: totpRepository });
  const passkeys = createPasskeys({ ...shared, passkeys: passkeyRepository });
  const factors = { totps, recovery, passkeys };
  const proofs = createProofs({ ...shared, ...factors });
  const secondFactors = createSecondFactors({ ...shared, ...factors, proofs, secondFactors: secondFactorRepository });

  serveConfirming(router, createConfirming({ ...shared, ...factors, proofs, passkeyRows: passkeyRepository }));
  serveRecovery(router, recovery);
  serveSecondFactors(router, { secondFactors, totps, passkeys });
  servePasskeys(router, { db, passkeys, secondFactors });
  return {
    recovery,
    secondFactors,
    start: () =>
      repeat(challenges.sweep, {
        everyMs: SWEEP_MS,
        onError: (error) => log.warn({ err: error }, 'old challenges could not be removed'),
      }),
  };
}
