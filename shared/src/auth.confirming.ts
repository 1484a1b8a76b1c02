import * as z from 'zod/mini';
import { GivenPassword } from './auth.values.ts';
import { defineRoutes } from './contract/routes.ts';

/** What shows once more that the person of a session is the one who sits there. */
export const Proof = z.discriminatedUnion('kind', [z.object({ kind: z.literal('password'), password: GivenPassword })]);
export type Proof = z.infer<typeof Proof>;

const PROOF_KINDS = ['password'] as const satisfies readonly Proof['kind'][];

/** What of an account's own safety is told to its person. */
const Security = z.object({
  /** What they can confirm with. */
  proofs: z.array(z.enum(PROOF_KINDS)),
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
    errors: ['wrong-proof'],
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
