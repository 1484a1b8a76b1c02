import * as z from 'zod/mini';
import { EMAIL_MAX, EmailClaim } from './auth.email.ts';
import { DeviceLook, GivenPassword, Keep, NewPassword, SignedIn, SignInMethod } from './auth.values.ts';
import { RecoveryCodes } from './auth.recovery.ts';
import { SignInAnswer } from './auth.secondFactor.ts';
import { defineRoutes } from './contract/routes.ts';
import { defineEvents } from './contract/events.ts';
import { lineOfText, SessionId, Timestamp } from './contract/values.ts';
import { User, UserName } from './users.values.ts';

export const Session = z.object({
  id: SessionId,
  ...DeviceLook.shape,
  /** What the person calls it. */
  name: z.optional(z.string()),
  method: SignInMethod,
  createdAt: Timestamp,
  lastSeenAt: Timestamp,
  /** Whether a socket of it is open, at the node that answers. */
  isConnected: z.boolean(),
  isThisOne: z.boolean(),
});
export type Session = z.infer<typeof Session>;

export const authRoutes = defineRoutes({
  signUp: {
    summary: 'Makes an account and signs it in.',
    method: 'POST',
    path: '/auth/sign-up',
    access: 'public',
    carriers: 'http',
    limits: ['signUpTriesPerAddress', 'signUpPerAddress'],
    body: z.object({
      userName: UserName,
      displayName: lineOfText(64),
      password: NewPassword,
      keep: Keep,
      email: z.optional(EmailClaim),
    }),
    reply: z.object({ ...SignedIn.shape, recoveryCodes: RecoveryCodes }),
    errors: ['user-name-taken', 'password-too-short', 'password-too-common'],
  },
  signIn: {
    summary:
      'Starts a session, or asks for the second step. An unknown name and a wrong password get the same answer after the same work.',
    method: 'POST',
    path: '/auth/sign-in',
    access: 'public',
    carriers: 'http',
    limits: ['signInPerAddress', 'signInPerAccount'],
    body: z.object({
      /** Or the confirmed e-mail address. */
      userName: z.string().check(z.maxLength(EMAIL_MAX)),
      password: GivenPassword,
      keep: Keep,
    }),
    reply: SignInAnswer,
    errors: ['wrong-credentials'],
  },
  signOut: {
    summary: 'Ends this session; its sockets close within a second on every node.',
    method: 'POST',
    path: '/auth/sign-out',
    access: 'session',
    carriers: 'http',
    limits: ['change'],
    reply: z.object({}),
    errors: [],
  },
  forgetHere: {
    summary: 'Asks the browser to drop all that it has cached from here; ends no session. After one has ended.',
    method: 'POST',
    path: '/auth/forget',
    access: 'public',
    carriers: 'http',
    limits: ['readPublic'],
    reply: z.object({}),
    errors: [],
  },
  getMe: {
    summary: 'Who is signed in.',
    method: 'GET',
    path: '/auth/me',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    reply: z.object({ user: User, sessionId: SessionId }),
    errors: [],
  },
  listSessions: {
    summary: 'The devices signed in to this account, newest first.',
    method: 'GET',
    path: '/auth/sessions',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    reply: z.object({ sessions: z.array(Session) }),
    errors: [],
  },
  signOutSession: {
    summary: 'Ends one other session of this account.',
    method: 'DELETE',
    path: '/auth/sessions/:sessionId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: z.object({ sessionId: SessionId }),
    reply: z.object({}),
    errors: ['session-not-found'],
  },
  signOutOthers: {
    summary: 'Ends every session of this account but this one.',
    method: 'POST',
    path: '/auth/sessions/sign-out-others',
    access: 'confirmed',
    carriers: 'both',
    limits: ['change'],
    reply: z.object({ signedOut: z.int() }),
    errors: ['confirmation-needed'],
  },
  changePassword: {
    summary: 'Changes the password and ends every other session; this one gets a new token.',
    method: 'POST',
    path: '/auth/password',
    access: 'session',
    carriers: 'http',
    limits: ['changePassword'],
    body: z.object({ currentPassword: GivenPassword, newPassword: NewPassword }),
    reply: z.object({ token: z.optional(z.string()) }),
    errors: ['wrong-credentials', 'password-too-short', 'password-too-common'],
  },
});

export const authEvents = defineEvents({
  signedInElsewhere: {
    summary: "To all of a person's devices: another one has just signed in.",
    payload: z.object({ sessionId: SessionId, ...DeviceLook.shape, method: SignInMethod }),
  },
  accountChanged: {
    summary:
      "To all of a person's devices: their address or the list of devices is another one; who shows it asks anew.",
    payload: z.object({}),
  },
  signedOut: { summary: 'This session has ended; the socket closes after it.', payload: z.object({}) },
});
