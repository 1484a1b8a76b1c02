import * as z from 'zod/mini';
import { SessionId } from './contract/values.ts';
import { User } from './users.values.ts';

export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 200;

export const NewPassword = z.string().check(z.maxLength(PASSWORD_MAX));
export const GivenPassword = z.string().check(z.maxLength(PASSWORD_MAX));

/** A browser keeps its session in a cookie it cannot read; a shell or bot is handed a bearer token. */
export const Keep = z.enum(['cookie', 'bearer']);
export type Keep = z.infer<typeof Keep>;

/** By what a session was let in. `device`: by another one, of which the person held a picture before it. */
export const SignInMethod = z.enum(['sign-up', 'password', 'passkey', 'device']);
export type SignInMethod = z.infer<typeof SignInMethod>;

/** How a session ended: by itself here, from another device, with a change of the password, by age, or as one of too many. */
export const SessionEnd = z.enum(['signed-out', 'elsewhere', 'password', 'expired', 'too-many']);
export type SessionEnd = z.infer<typeof SessionEnd>;

/** What its person, or somebody in their place, changed of how they prove who they are, or of the name they sign in by. */
export const ProofChange = z.enum([
  'passkey-added',
  'passkey-removed',
  'passkey-step-on',
  'passkey-step-off',
  'totp-on',
  'totp-off',
  'codes-made',
  'user-name-changed',
]);
export type ProofChange = z.infer<typeof ProofChange>;

/** As far as an address tells without asking anybody: a country (ISO 3166), or that it is in this server's own network. */
export const Place = z.string().check(z.regex(/^([A-Z]{2}|local)$/));

/** What tells a person which device it is. */
export const DeviceLook = z.object({
  /** Browser and system as the user agent tells. */
  device: z.string(),
  address: z.string(),
  place: z.optional(Place),
});
export type DeviceLook = z.infer<typeof DeviceLook>;

export const SignedIn = z.object({
  user: User,
  sessionId: SessionId,
  /** Only with `keep: 'bearer'`; shown this once. */
  token: z.optional(z.string()),
});
