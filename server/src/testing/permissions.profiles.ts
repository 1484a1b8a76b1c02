import { exampleRequests } from './examples.ts';
import { OUT, SIGNED_IN } from './outcomes.ts';
import type { Person } from './people.ts';

const examples = exampleRequests();

/** Rows of the permission matrix: everyone changes only themselves; others are read by who shares or shared a chat. */
export const profileRows = {
  changeProfile: { ask: () => examples.changeProfile, may: SIGNED_IN },
  changeUserName: { ask: () => exampleRequests().changeUserName, may: SIGNED_IN },
  setStatus: { ask: () => examples.setStatus, may: SIGNED_IN },
  removeStatus: { ask: () => ({}), may: SIGNED_IN },
  setAvatar: { ask: () => examples.setAvatar, may: SIGNED_IN },
  removeAvatar: { ask: () => ({}), may: SIGNED_IN },
  getProfile: {
    ask: ({ owner }: { readonly owner: Person }) => ({ params: { userId: owner.user.id } }),
    may: ['ok', 'ok', 'ok', 'user-not-found', 'user-not-found', OUT] as const,
  },
};
