import * as z from 'zod/mini';
import { Passkey } from './auth.passkeys.values.ts';
import { SecondProof } from './auth.secondFactor.ts';
import { GivenPassword } from './auth.values.ts';
import { defineRoutes } from './contract/routes.ts';

/** What shows once more that the person of a session is the one who sits there. */
export const Proof = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('password'), password: GivenPassword }),
  ...SecondProof.def.options,
]);
export type Proof = z.infer<typeof Proof>;
export type ProofKind = Proof['kind'];

const PROOF_KINDS = ['password', 'totp', 'passkey', 'recovery-code'] as const satisfies readonly ProofKind[];

/** What keeps an account safe, as its person is told. */
const Security = z.object({
  /** What they can confirm with. */
  proofs: z.array(z.enum(PROOF_KINDS)),
  hasTotp: z.boolean(),
  passkeys: z.array(Passkey),
  /** Whether a passkey is asked for after the password. */
  hasPasskeyStep: z.boolean(),
  recoveryCodesLeft: z.int(),
  areRecoveryCodesKept: z.boolean(),
});
export type Security = z.infer<typeof Security>;

export const confirmingRoutes = defineRoutes({
  confirmIdentity: {
    summary: 'Proves who sits at this session; for ten minutes it may then do what is dangerous.',
    method: 'POST',
    path: '/auth/confirm',
    access: 'session',
    carriers: 'http',
    limits: ['confirm'],
    body: z.object({ proof: Proof }),
    reply: z.object({}),
    errors: ['wrong-proof', 'challenge-over', 'passkeys-unavailable'],
  },
  getSecurity: {
    summary: 'What keeps this account safe.',
    method: 'GET',
    path: '/auth/security',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    reply: Security,
    errors: [],
  },
});
