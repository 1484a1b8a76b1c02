import { newId } from '../platform/ids.ts';

const answer = { id: 'abc', clientDataJSON: 'e30', authenticatorData: 'AAAA', signature: 'AAAA' };

/** Something well-formed to ask for each route about how people prove who they are. */
export function proofExamples() {
  const challenge = 'A'.repeat(43);
  return {
    finishSignIn: { body: { challenge, proof: { kind: 'totp' as const, code: '123456' }, keep: 'bearer' as const } },
    beginTotp: {},
    turnOnTotp: { body: { code: '123456' } },
    turnOffTotp: {},
    setPasskeyStep: { body: { isOn: true } },
    makeRecoveryCodes: {},
    keepRecoveryCodes: {},
    recoverByCode: {
      body: { userName: 'nobody_at_all', code: 'AAAA-BBBB-CCCC-DDDD', newPassword: 'some other words 7' },
    },
    beginPasskey: {},
    addPasskey: {
      body: {
        name: 'Laptop',
        made: { id: 'abc', clientDataJSON: 'e30', attestationObject: 'AAAA', transports: ['internal' as const] },
      },
    },
    renamePasskey: { params: { passkeyId: newId<never>() }, body: { name: 'Phone' } },
    removePasskey: { params: { passkeyId: newId<never>() } },
    beginPasskeyProof: {},
    beginPasskeySignIn: {},
    signInByPasskey: { body: { answer, keep: 'bearer' as const } },
  };
}
