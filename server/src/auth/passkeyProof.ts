import type { MadePasskey, PasskeyAnswer } from '@dialog/shared/auth.passkeys.values';
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import { decodeClientDataJSON } from '@simplewebauthn/server/helpers';
import { AppError } from '../platform/appError.ts';
import type { StoredPasskey } from './auth.passkeys.repository.ts';

interface Site {
  readonly origin: string;
  readonly rpId: string;
  readonly challenge: string;
}

/** Ed25519, P-256 and RSA, as COSE counts them: between them every authenticator has one. */
export const PASSKEY_ALGORITHMS: readonly number[] = [-8, -7, -257];

/** @throws AppError `wrong-proof` when there is none. */
export function challengeIn(clientDataJSON: string): string {
  try {
    const { challenge } = decodeClientDataJSON(clientDataJSON);
    if (typeof challenge === 'string') return challenge;
  } catch {
    // Falls through: not what a browser writes.
  }
  throw new AppError('wrong-proof');
}

/** What is to be stored of it; undefined when it is not what was asked for. */
export async function verifyMade(
  { id, clientDataJSON, attestationObject }: MadePasskey,
  { origin, rpId, challenge }: Site,
): Promise<Pick<StoredPasskey, 'credentialId' | 'publicKey' | 'counter'> | undefined> {
  const answer = await verifyRegistrationResponse({
    response: {
      id,
      rawId: id,
      type: 'public-key',
      clientExtensionResults: {},
      response: { clientDataJSON, attestationObject },
    },
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    // The browser was asked to prefer it; who signs in by it alone has to.
    requireUserVerification: false,
    supportedAlgorithmIDs: [...PASSKEY_ALGORITHMS],
  }).catch(() => undefined);
  if (!answer?.verified) return undefined;
  const { credential } = answer.registrationInfo;
  return {
    credentialId: Buffer.from(credential.id, 'base64url'),
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
  };
}

/** The new count; undefined when it is not what was asked for. */
export async function verifyAnswer(
  answer: PasskeyAnswer,
  { credentialId, publicKey, counter }: StoredPasskey,
  { origin, rpId, challenge, isVerified }: Site & { readonly isVerified: boolean },
): Promise<number | undefined> {
  const { id, clientDataJSON, authenticatorData, signature, userHandle } = answer;
  const checked = await verifyAuthenticationResponse({
    response: {
      id,
      rawId: id,
      type: 'public-key',
      clientExtensionResults: {},
      response: { clientDataJSON, authenticatorData, signature, ...(userHandle === undefined ? {} : { userHandle }) },
    },
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    credential: { id: credentialId.toString('base64url'), publicKey: new Uint8Array(publicKey), counter },
    requireUserVerification: isVerified,
  }).catch(() => undefined);
  return checked?.verified ? checked.authenticationInfo.newCounter : undefined;
}
