import { NOT_THERE, SIGNED_IN } from './outcomes.ts';
import type { Person } from './people.ts';

/** Rows of the permission matrix: the devices of an account. The owner asks about their own; to others they do not exist. */
export const deviceRows = {
  renameSession: {
    ask: ({ owner }: { readonly owner: Person }) => ({
      params: { sessionId: owner.sessionId },
      body: { name: 'Laptop in the kitchen' },
    }),
    may: NOT_THERE,
  },
  listSignIns: { ask: () => ({ query: {} }), may: SIGNED_IN },
};
