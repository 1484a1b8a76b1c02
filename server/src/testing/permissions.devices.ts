import { exampleRequests } from './examples.ts';
import { ANYONE, NOT_THERE, OUT, SIGNED_IN } from './outcomes.ts';
import type { Person } from './people.ts';

const examples = exampleRequests();
const ML = 'mail-link-over';
const NO_MAIL_LINK = [ML, ML, ML, ML, ML, ML] as const;
const LO = 'link-over';
const NO_LINK = [LO, LO, LO, LO, LO, LO] as const;
const NO_LINK_INSIDE = [LO, LO, LO, LO, LO, OUT] as const;

/** Rows of the permission matrix: the devices of an account. The owner asks about their own; to others they do not exist. */
export const deviceRows = {
  renameSession: {
    ask: ({ owner }: { readonly owner: Person }) => ({
      params: { sessionId: owner.sessionId },
      body: { name: 'Laptop in the kitchen' },
    }),
    may: NOT_THERE,
  },
  getEmail: { ask: () => ({}), may: SIGNED_IN },
  claimEmail: { ask: () => examples.claimEmail, may: SIGNED_IN },
  removeEmail: { ask: () => ({}), may: SIGNED_IN },
  // Whoever has the link may open it; nobody has this one.
  confirmEmail: { ask: () => examples.confirmEmail, may: NO_MAIL_LINK },
  setNewPassword: { ask: () => examples.setNewPassword, may: NO_MAIL_LINK },
  askForNewPassword: {
    ask: ({ owner }: { readonly owner: Person }) => ({ body: { userName: owner.userName } }),
    may: ANYONE,
  },
  inviteByMail: { ask: () => examples.inviteByMail, may: SIGNED_IN },
  askToBeLinked: { ask: () => ({}), may: ANYONE },
  takeLink: { ask: () => examples.takeLink, may: NO_LINK },
  lookAtLink: { ask: () => examples.lookAtLink, may: NO_LINK_INSIDE },
  answerLink: { ask: () => examples.answerLink, may: NO_LINK_INSIDE },
  listSignIns: { ask: () => ({ query: {} }), may: SIGNED_IN },
};
