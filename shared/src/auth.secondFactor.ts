import * as z from 'zod/mini';
import { PasskeyAnswer, PasskeyAsked } from './auth.passkeys.values.ts';
import { GivenRecoveryCode } from './auth.recovery.ts';
import { Keep, SignedIn } from './auth.values.ts';
import { defineRoutes } from './contract/routes.ts';

/** Six digits; people write them with a space. */
export const GivenTotpCode = z.string().check(z.maxLength(16));

/** What may follow the password. */
export const SecondProof = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('totp'), code: GivenTotpCode }),
  z.object({ kind: z.literal('recovery-code'), code: GivenRecoveryCode }),
  z.object({ kind: z.literal('passkey'), answer: PasskeyAnswer }),
]);
export type SecondProof = z.infer<typeof SecondProof>;

const SECOND_PROOF_KINDS = ['totp', 'recovery-code', 'passkey'] as const satisfies readonly SecondProof['kind'][];

/** The password was right, and more is asked for. */
const SecondStep = z.object({
  kind: z.literal('second-factor'),
  /** To be shown with the answer: for five minutes, five tries and one success. */
  challenge: z.string(),
  factors: z.array(z.enum(SECOND_PROOF_KINDS)),
  /** Where a passkey may answer. */
  passkey: z.optional(PasskeyAsked),
});
export type SecondStep = z.infer<typeof SecondStep>;

export const SignInAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('signed-in'), ...SignedIn.shape }),
  SecondStep,
]);

export const secondFactorRoutes = defineRoutes({
  finishSignIn: {
    summary: 'The second step of signing in: a one-time code, a passkey or a recovery code.',
    method: 'POST',
    path: '/auth/sign-in/second-factor',
    access: 'public',
    carriers: 'http',
    limits: ['signInPerAddress'],
    body: z.object({ challenge: z.string().check(z.maxLength(64)), proof: SecondProof, keep: Keep }),
    reply: SignedIn,
    errors: ['wrong-proof', 'challenge-over', 'passkeys-unavailable'],
  },
  beginTotp: {
    summary: 'A new secret for an app that makes one-time codes. It asks for none before a right code has come.',
    method: 'POST',
    path: '/auth/totp/begin',
    access: 'confirmed',
    carriers: 'both',
    limits: ['change'],
    reply: z.object({
      /** Base32, to type where nothing can be scanned. */
      secret: z.string(),
      /** `otpauth://…`, for the QR code. */
      uri: z.string(),
    }),
    errors: ['confirmation-needed', 'already-on'],
  },
  turnOnTotp: {
    summary:
      'From now on signing in by password asks for a one-time code, as this one shows that the app has the secret.',
    method: 'POST',
    path: '/auth/totp',
    access: 'confirmed',
    carriers: 'both',
    limits: ['confirm'],
    body: z.object({ code: GivenTotpCode }),
    reply: z.object({}),
    errors: ['confirmation-needed', 'wrong-proof', 'already-on'],
  },
  turnOffTotp: {
    summary: 'Asks for one-time codes no longer, and forgets the secret.',
    method: 'DELETE',
    path: '/auth/totp',
    access: 'confirmed',
    carriers: 'both',
    limits: ['change'],
    reply: z.object({}),
    errors: ['confirmation-needed'],
  },
  setPasskeyStep: {
    summary: 'Whether signing in by password asks for a passkey as well, where there is one.',
    method: 'PUT',
    path: '/auth/passkey-step',
    access: 'confirmed',
    carriers: 'both',
    limits: ['change'],
    body: z.object({ isOn: z.boolean() }),
    reply: z.object({}),
    errors: ['confirmation-needed'],
  },
});
