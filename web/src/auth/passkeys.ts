import { passkeyRoutes } from '@dialog/shared/auth.passkeys';
import {
  type MadePasskey,
  type PasskeyAnswer,
  type PasskeyAsked,
  type PasskeyWanted,
  TRANSPORTS,
} from '@dialog/shared/auth.passkeys.values';
import type { RouteReply } from '@dialog/shared/contract/routes';
import { startAuthentication, startRegistration, WebAuthnAbortService } from '@simplewebauthn/browser';
import type { Call } from '../platform/api.ts';

type SignedIn = RouteReply<typeof passkeyRoutes.signInByPasskey>;

/** Questions are good for five minutes; who looks at the form for longer is asked anew. */
const ASK_AGAIN_MS = 4 * 60_000;

/** Rejects when the person closes the browser's dialog: see `isGivenUp`. */
export async function makePasskey(wanted: PasskeyWanted): Promise<MadePasskey> {
  const { id, response } = await startRegistration({
    optionsJSON: { ...wanted, excludeCredentials: wanted.excludeCredentials.map(credential) },
  });
  const { clientDataJSON, attestationObject, transports = [] } = response;
  return {
    id,
    clientDataJSON,
    attestationObject,
    transports: TRANSPORTS.filter((transport) => transports.some((name) => name === transport)),
  };
}

/** Rejects when the person closes the browser's dialog: see `isGivenUp`. */
export async function answerByPasskey(asked: PasskeyAsked, isAutofill = false): Promise<PasskeyAnswer> {
  const { id, response } = await startAuthentication({
    optionsJSON: { ...asked, allowCredentials: asked.allowCredentials.map(credential) },
    useBrowserAutofill: isAutofill,
  });
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  return { id, clientDataJSON, authenticatorData, signature, ...(userHandle ? { userHandle } : {}) };
}

type Credential = PasskeyAsked['allowCredentials'][number];

/** Without what is not said, as the library's types want it. */
function credential({ transports, ...known }: Credential) {
  return transports ? { ...known, transports } : known;
}

/** A browser asks one thing at a time: an offer in the form would close the dialog that somebody has opened. */
let isDialogOpen = false;
/** Forms that offer passkeys, to offer them again once a dialog was closed. */
const offers = new Set<() => void>();

export async function signInByPasskey(call: Call): Promise<SignedIn> {
  isDialogOpen = true;
  try {
    const asked = await call(passkeyRoutes.beginPasskeySignIn, {});
    const answer = await answerByPasskey(asked);
    return await call(passkeyRoutes.signInByPasskey, { body: { answer, keep: 'cookie' } });
  } catch (failure) {
    isDialogOpen = false;
    for (const ask of offers) ask();
    throw failure;
  } finally {
    isDialogOpen = false;
  }
}

/**
 * Lets the browser offer passkeys where the user name is typed, for as long as the form is there. Answers how to stop, or
 * undefined where the browser offers none.
 */
export async function offerPasskeys(
  call: Call,
  heard: { readonly onSignedIn: (signedIn: SignedIn) => void; readonly onFailure: (failure: unknown) => void },
): Promise<(() => void) | undefined> {
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return undefined;
  let isOver = false;
  /** Nobody pressed anything: what fails before somebody picks a passkey is told to nobody. */
  const offer = async (): Promise<PasskeyAnswer | undefined> => {
    try {
      const asked = await call(passkeyRoutes.beginPasskeySignIn, {});
      return isOver || isDialogOpen ? undefined : await answerByPasskey(asked, true);
    } catch {
      return undefined;
    }
  };
  const run = async (): Promise<void> => {
    const answer = await offer();
    if (!answer || isOver) return;
    await call(passkeyRoutes.signInByPasskey, { body: { answer, keep: 'cookie' } }).then(
      heard.onSignedIn,
      heard.onFailure,
    );
  };
  const ask = (): void => {
    if (!isDialogOpen) void run();
  };
  offers.add(ask);
  ask();
  const timer = setInterval(ask, ASK_AGAIN_MS);
  return () => {
    isOver = true;
    clearInterval(timer);
    offers.delete(ask);
    WebAuthnAbortService.cancelCeremony();
  };
}

/** Closed by the person, out of time, or in favour of another question: nothing to tell. */
export function isGivenUp(failure: unknown): boolean {
  return failure instanceof Error && (failure.name === 'NotAllowedError' || failure.name === 'AbortError');
}

/** The browser has one for this account already. */
export function isThereAlready(failure: unknown): boolean {
  return failure instanceof Error && failure.name === 'InvalidStateError';
}
