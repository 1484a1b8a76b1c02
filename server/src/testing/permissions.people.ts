import { ANYONE_SIGNED_IN_BUT_BLOCKED, OUT, SIGNED_IN } from './outcomes.ts';
import type { Person } from './people.ts';

interface Place {
  /** In no chat with anyone, and in nobody's list but that of those who blocked. */
  readonly bystander: Person;
}

const aboutBystander = ({ bystander }: Place) => ({ params: { userId: bystander.user.id } });
const NOBODY_ASKED = [
  'request-not-found',
  'request-not-found',
  'request-not-found',
  'request-not-found',
  'request-not-found',
  OUT,
] as const;
const NO_LINK = [
  'link-not-found',
  'link-not-found',
  'link-not-found',
  'link-not-found',
  'link-not-found',
  OUT,
] as const;

/** Rows of the permission matrix: friends, blocks, links, directory. Whoever is blocked is answered like anybody else. */
export const peopleRows = {
  requestFriend: {
    ask: ({ bystander }: Place) => ({ body: { userId: bystander.user.id } }),
    may: SIGNED_IN,
  },
  acceptFriend: { ask: aboutBystander, may: NOBODY_ASKED },
  declineFriend: { ask: aboutBystander, may: SIGNED_IN },
  withdrawRequest: { ask: aboutBystander, may: SIGNED_IN },
  removeFriend: { ask: aboutBystander, may: SIGNED_IN },
  blockPerson: { ask: aboutBystander, may: SIGNED_IN },
  unblockPerson: { ask: aboutBystander, may: SIGNED_IN },
  getAddLink: { ask: () => ({}), may: SIGNED_IN },
  renewAddLink: { ask: () => ({}), may: SIGNED_IN },
  revokeAddLink: { ask: () => ({}), may: SIGNED_IN },
  lookUpAddLink: { ask: () => ({ body: { code: 'a'.repeat(32) } }), may: NO_LINK },
  findPeople: {
    ask: ({ bystander }: Place) => ({ body: { name: bystander.userName } }),
    may: ANYONE_SIGNED_IN_BUT_BLOCKED,
    shows: (reply: unknown, { bystander }: Place) => JSON.stringify(reply).includes(bystander.userName),
  },
};
