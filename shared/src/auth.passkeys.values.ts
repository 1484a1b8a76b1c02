import * as z from 'zod/mini';
import { lineOfText, Timestamp, Uuid } from './contract/values.ts';

export const PASSKEYS_MAX = 10;

export const PasskeyId = Uuid.brand<'PasskeyId'>();
export type PasskeyId = z.infer<typeof PasskeyId>;

export const PasskeyName = lineOfText(64);

export const Passkey = z.object({
  id: PasskeyId,
  name: z.string(),
  madeAt: Timestamp,
  lastUsedAt: z.nullable(Timestamp),
});
export type Passkey = z.infer<typeof Passkey>;

/** Bytes as WebAuthn writes them. The longest is a key of an authenticator that signs with new methods. */
const Bytes = z.string().check(z.minLength(1), z.maxLength(16_000), z.regex(/^[\w-]+$/));

/** How a browser reaches an authenticator. */
export const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;
const Transport = z.enum(TRANSPORTS);

const KnownCredential = z.object({
  id: z.string(),
  type: z.literal('public-key'),
  transports: z.optional(z.array(Transport)),
});

/** What the browser is asked to make a passkey by; the words of WebAuthn. */
export const PasskeyWanted = z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
  timeout: z.int(),
  attestation: z.literal('none'),
  excludeCredentials: z.array(KnownCredential),
  authenticatorSelection: z.object({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: z.literal('preferred'),
  }),
});
export type PasskeyWanted = z.infer<typeof PasskeyWanted>;

export const MadePasskey = z.object({
  id: Bytes,
  clientDataJSON: Bytes,
  attestationObject: Bytes,
  transports: z.array(Transport).check(z.maxLength(7)),
});
export type MadePasskey = z.infer<typeof MadePasskey>;

/** What a passkey is asked to sign. */
export const PasskeyAsked = z.object({
  challenge: z.string(),
  rpId: z.string(),
  timeout: z.int(),
  userVerification: z.enum(['required', 'preferred']),
  /** None: whichever the person picks says who they are. */
  allowCredentials: z.array(KnownCredential),
});
export type PasskeyAsked = z.infer<typeof PasskeyAsked>;

export const PasskeyAnswer = z.object({
  id: Bytes,
  clientDataJSON: Bytes,
  authenticatorData: Bytes,
  signature: Bytes,
  userHandle: z.optional(Bytes),
});
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>;
