import { exampleRequests } from './examples.ts';
import { OUT, SIGNED_IN } from './outcomes.ts';

const examples = exampleRequests();
const each = <Code extends string>(code: Code) => [code, code, code, code, code, OUT] as const;
const anyone = <Code extends string>(code: Code) => [code, code, code, code, code, code] as const;

/**
 * Rows of the permission matrix: how people prove who they are. Everyone has only their own account to ask about. Nobody here
 * is a page in a browser, so passkeys are out of reach: what they may do is tested in a browser.
 */
export const proofRows = {
  confirmIdentity: { ask: () => examples.confirmIdentity, may: each('wrong-proof') },
  getSecurity: { ask: () => ({}), may: SIGNED_IN },
  finishSignIn: { ask: () => examples.finishSignIn, may: anyone('challenge-over') },
  beginTotp: { ask: () => ({}), may: SIGNED_IN },
  turnOnTotp: { ask: () => examples.turnOnTotp, may: each('wrong-proof') },
  turnOffTotp: { ask: () => ({}), may: SIGNED_IN },
  setPasskeyStep: { ask: () => examples.setPasskeyStep, may: SIGNED_IN },
  makeRecoveryCodes: { ask: () => ({}), may: SIGNED_IN },
  keepRecoveryCodes: { ask: () => ({}), may: SIGNED_IN },
  recoverByCode: { ask: () => examples.recoverByCode, may: anyone('wrong-recovery-code') },
  beginPasskey: { ask: () => ({}), may: each('passkeys-unavailable') },
  addPasskey: { ask: () => examples.addPasskey, may: each('passkeys-unavailable') },
  renamePasskey: { ask: () => examples.renamePasskey, may: each('passkey-not-found') },
  removePasskey: { ask: () => examples.removePasskey, may: each('passkey-not-found') },
  beginPasskeyProof: { ask: () => ({}), may: each('passkeys-unavailable') },
  beginPasskeySignIn: { ask: () => ({}), may: anyone('passkeys-unavailable') },
  signInByPasskey: { ask: () => examples.signInByPasskey, may: anyone('passkeys-unavailable') },
};
