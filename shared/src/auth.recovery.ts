import * as z from 'zod/mini';
import { NewPassword } from './auth.values.ts';
import { defineRoutes } from './contract/routes.ts';

export const RECOVERY_CODES = 10;

/** As people type it: case, spaces and hyphens count for nothing. */
export const GivenRecoveryCode = z.string().check(z.maxLength(64));

/** Shown this once: 80 bits each, in groups of four. */
export const RecoveryCodes = z.array(z.string());

export const recoveryRoutes = defineRoutes({
  makeRecoveryCodes: {
    summary: 'Makes ten new recovery codes. The old ones are void; the new ones are shown this once.',
    method: 'POST',
    path: '/auth/recovery-codes',
    access: 'confirmed',
    carriers: 'both',
    limits: ['change'],
    reply: z.object({ codes: RecoveryCodes }),
    errors: ['confirmation-needed'],
  },
  keepRecoveryCodes: {
    summary: 'Says that the recovery codes are kept where their person finds them again.',
    method: 'POST',
    path: '/auth/recovery-codes/kept',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    reply: z.object({}),
    errors: [],
  },
  recoverByCode: {
    summary:
      'A new password for who forgot the old one, by one recovery code. Ends every session. An unknown name and a wrong code get the same answer after the same work.',
    method: 'POST',
    path: '/auth/recover',
    access: 'public',
    carriers: 'http',
    limits: ['recoverPerAddress', 'recoverPerAccount'],
    body: z.object({
      userName: z.string().check(z.maxLength(64)),
      code: GivenRecoveryCode,
      newPassword: NewPassword,
    }),
    reply: z.object({}),
    errors: ['wrong-recovery-code', 'password-too-short', 'password-too-common'],
  },
});
