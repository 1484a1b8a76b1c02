import * as z from 'zod/mini';
import { GivenPassword, Keep, NewPassword, SignedIn } from './auth.values.ts';
import { defineRoutes } from './contract/routes.ts';
import { defineEvents } from './contract/events.ts';
import { lineOfText, SessionId, Timestamp } from './contract/values.ts';
import { User, UserName } from './users.values.ts';

export const Session = z.object({
  id: SessionId,
  /** Browser and system as the user agent tells, for people to recognise. */
  device: z.string(),
  /** The network address it was last seen from. */
  address: z.string(),
  createdAt: Timestamp,
  lastSeenAt: Timestamp,
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
    body: z.object({ userName: UserName, displayName: lineOfText(64), password: NewPassword, keep: Keep }),
    reply: SignedIn,
    errors: ['user-name-taken', 'password-too-short', 'password-too-common'],
  },
  signIn: {
    summary: 'Starts a session. An unknown name and a wrong password get the same answer after the same work.',
    method: 'POST',
    path: '/auth/sign-in',
    access: 'public',
    carriers: 'http',
    limits: ['signInPerAddress', 'signInPerAccount'],
    body: z.object({
      userName: z.string().check(z.maxLength(64)),
      password: GivenPassword,
      keep: Keep,
    }),
    reply: SignedIn,
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
    errors: [],
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
  signedOut: { summary: 'This session has ended; the socket closes after it.', payload: z.object({}) },
});
