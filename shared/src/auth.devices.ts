import * as z from 'zod/mini';
import { DeviceLook, ProofChange, SessionEnd, SignInMethod } from './auth.values.ts';
import { defineRoutes } from './contract/routes.ts';
import { lineOfText, SessionId, Timestamp, Uuid } from './contract/values.ts';

export const SIGN_INS_PAGE = 30;
/** Of one page; nobody changes more between two sign-ins within reason. */
export const ACCOUNT_CHANGES_MAX = 100;
export const DEVICE_NAME_MAX = 64;

/** A session that was, or is. */
export const SignIn = z.object({
  id: SessionId,
  ...DeviceLook.shape,
  name: z.optional(z.string()),
  method: SignInMethod,
  signedInAt: Timestamp,
  /** Absent: it goes on. */
  end: z.optional(z.object({ at: Timestamp, how: SessionEnd })),
  isThisOne: z.boolean(),
});
export type SignIn = z.infer<typeof SignIn>;

/** With the device that did it, as it was then. Its id stands among those of sign-ins in the order of time. */
export const AccountChange = z.object({ id: Uuid, ...DeviceLook.shape, what: ProofChange, at: Timestamp });
export type AccountChange = z.infer<typeof AccountChange>;

export const deviceRoutes = defineRoutes({
  renameSession: {
    summary: 'Gives a device of this account a name, or (null) takes it away.',
    method: 'PATCH',
    path: '/auth/sessions/:sessionId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: z.object({ sessionId: SessionId }),
    body: z.object({ name: z.nullable(lineOfText(DEVICE_NAME_MAX)) }),
    reply: z.object({}),
    errors: ['session-not-found'],
  },
  listSignIns: {
    summary:
      'When and where this account was signed in and what changed of its proofs, the newest first, a page before `before`.',
    method: 'GET',
    path: '/auth/sign-ins',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    query: z.object({ before: z.optional(Uuid) }),
    reply: z.object({
      signIns: z.array(SignIn),
      /** In the time of this page. */
      changes: z.array(AccountChange).check(z.maxLength(ACCOUNT_CHANGES_MAX)),
      hasMore: z.boolean(),
      /** How long those that ended are kept. */
      keptDays: z.int(),
    }),
    errors: [],
  },
});
