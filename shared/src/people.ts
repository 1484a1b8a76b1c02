import * as z from 'zod/mini';
import { PersonChanges } from './chats.ts';
import { defineRoutes } from './contract/routes.ts';
import { UserId } from './contract/values.ts';
import { User, UserName } from './users.values.ts';

export { Relation, RELATIONS_MAX } from './people.values.ts';

/** Requests that wait for an answer, of one asker. */
export const REQUESTS_MAX = 100;
/** The same of an account younger than a day. */
export const REQUESTS_MAX_WHEN_NEW = 10;
/** Whoever was declined asks in vain for so long; they are told neither. */
export const DECLINED_FOR_DAYS = 30;
/** Found in the directory, where the operator opened it. */
export const PEOPLE_FOUND_MAX = 20;

/** 192 random bits in base64url: not to be guessed. */
export const AddCode = z.string().check(z.regex(/^[\w-]{32}$/));

/** The page of this app on which a personal link is answered. */
export function addPath(code: string): string {
  return `/add/${code}`;
}

const userParams = z.object({ userId: UserId });
const ownLink = z.object({ code: z.nullable(AddCode) });
/** In bodies, for what stands in an address also stands in logs. */
const codeBody = z.object({ code: AddCode });

/** Each answers what changed of the caller's own; the other person's devices are told theirs. */
export const peopleRoutes = defineRoutes({
  requestFriend: {
    summary:
      'Asks somebody to be friends: by exact user name, by their link, or whom one knows. Two who ask each other are friends at once.',
    method: 'POST',
    path: '/friends',
    access: 'session',
    carriers: 'both',
    limits: ['friendRequest'],
    body: z.union([z.object({ userName: UserName }), codeBody, z.object({ userId: UserId })]),
    reply: PersonChanges,
    errors: ['user-not-found', 'link-not-found', 'limit-reached', 'blocked-by-you'],
  },
  acceptFriend: {
    summary: 'Becomes friends with somebody who asks.',
    method: 'PUT',
    path: '/friends/:userId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: userParams,
    reply: PersonChanges,
    errors: ['request-not-found'],
  },
  declineFriend: {
    summary: 'Does not become friends with somebody who asks; they are not told.',
    method: 'DELETE',
    path: '/friends/requests/in/:userId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: userParams,
    reply: PersonChanges,
    errors: [],
  },
  withdrawRequest: {
    summary: 'Takes back that one asked, while it is not answered.',
    method: 'DELETE',
    path: '/friends/requests/out/:userId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: userParams,
    reply: PersonChanges,
    errors: [],
  },
  removeFriend: {
    summary: 'Is friends with somebody no longer.',
    method: 'DELETE',
    path: '/friends/:userId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: userParams,
    reply: PersonChanges,
    errors: [],
  },
  blockPerson: {
    summary: 'Hears of somebody no longer, nor they of the caller. They are not told.',
    method: 'PUT',
    path: '/blocks/:userId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: userParams,
    reply: PersonChanges,
    errors: ['user-not-found', 'limit-reached'],
  },
  unblockPerson: {
    summary: 'Ends a block. What was said meanwhile stays unheard.',
    method: 'DELETE',
    path: '/blocks/:userId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: userParams,
    reply: PersonChanges,
    errors: [],
  },
  getAddLink: {
    summary: 'The code of the link by which others ask me to be friends, if there is one.',
    method: 'GET',
    path: '/friends/link',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    reply: ownLink,
    errors: [],
  },
  renewAddLink: {
    summary: 'Makes such a link; the one before is dead.',
    method: 'POST',
    path: '/friends/link',
    access: 'session',
    carriers: 'both',
    limits: ['invite'],
    reply: ownLink,
    errors: [],
  },
  revokeAddLink: {
    summary: 'Ends the link.',
    method: 'DELETE',
    path: '/friends/link',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    reply: ownLink,
    errors: [],
  },
  lookUpAddLink: {
    summary: 'Whose link it is. Unknown, renewed and revoked ones look the same.',
    method: 'POST',
    path: '/friends/link/look-up',
    access: 'session',
    carriers: 'both',
    limits: ['inviteTry', 'inviteTryPerAddress'],
    body: codeBody,
    reply: User,
    errors: ['link-not-found'],
  },
  findPeople: {
    summary:
      'The person with exactly this user name; where the operator opened the directory, also people whose user name or display name begins so.',
    method: 'POST',
    path: '/people/find',
    access: 'session',
    carriers: 'both',
    limits: ['findUser'],
    body: z.object({ name: z.string().check(z.trim(), z.minLength(1), z.maxLength(64)) }),
    reply: z.object({ users: z.array(User), isOpen: z.boolean() }),
    errors: [],
  },
});
