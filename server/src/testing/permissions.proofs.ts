import { OUT, SIGNED_IN } from './outcomes.ts';
import { exampleRequests } from './examples.ts';

const examples = exampleRequests();
const WRONG = ['wrong-proof', 'wrong-proof', 'wrong-proof', 'wrong-proof', 'wrong-proof', OUT] as const;

/** Rows of the permission matrix: how people prove who they are. Everyone has only their own account to ask about. */
export const proofRows = {
  confirmIdentity: { ask: () => examples.confirmIdentity, may: WRONG },
  getSecurity: { ask: () => ({}), may: SIGNED_IN },
};
