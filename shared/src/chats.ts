import * as z from 'zod/mini';
import { CallWay } from './calls.values.ts';
import { ChatPlace, Folder, GroupPictureId } from './chats.values.ts';
import { defineEvents } from './contract/events.ts';
import { defineRoutes } from './contract/routes.ts';
import { CallId, ChatId, lineOfText, Revision, Timestamp, UserId } from './contract/values.ts';
import { Message, MESSAGE_LIFETIMES, MessageLifetime, MessageMark } from './messages.values.ts';
import { Relation } from './people.values.ts';
import { Settings } from './settings.values.ts';
import { PersonProfile, User } from './users.values.ts';

export { Cursor } from './chats.cursor.ts';

export const GROUP_TITLE_MAX = 100;
export const GROUP_DESCRIPTION_MAX = 500;
/** Seconds between two messages of one plain member; 0: slow mode is off. */
export const SLOW_MODES = [0, 10, 30, 60, 300, 900, 3_600] as const;
export const GROUP_MEMBERS_MAX = 5_000;
export const MEMBERS_PER_REQUEST_MAX = 100;
/** A chat opens with this many members at most; further ones are asked for page by page. */
export const MEMBERS_PAGE = 200;
/** Found by the beginning of a name: more than these nobody reads while writing. */
export const MEMBERS_FOUND_MAX = 10;
/** In larger groups nobody is told who has read or got what (R13). */
export const CURSORS_TOLD_UP_TO = 100;

export const Role = z.enum(['owner', 'admin', 'member']);
export type Role = z.infer<typeof Role>;

export const Chat = z.object({
  id: ChatId,
  kind: z.enum(['direct', 'group', 'notes']),
  /** Null in a direct chat, which is called by the other person's name, and in one's notes. */
  title: z.nullable(z.string()),
  memberCount: z.int(),
  /** Of a group that has one; several lines. */
  description: z.optional(z.string()),
  /** Of a group that has one: `groupPicturePath`. */
  pictureId: z.optional(GroupPictureId),
  /** When the emoji it made for itself last changed; absent: it never had any. */
  emojiRevision: z.optional(Revision),
  /** Only owners and admins post. */
  isAnnouncementOnly: z.optional(z.literal(true)),
  /** How long a plain member waits between two messages, where slow mode is on. */
  slowModeSeconds: z.optional(z.int()),
  /** The call going on in this chat, if any. */
  call: z.nullable(
    z.object({
      id: CallId,
      startedBy: UserId,
      startedAt: Timestamp,
      // oxlint-disable-next-line no-underscore-dangle -- zod's name; servers and copies from before say nothing
      way: z._default(CallWay, 'sfu'),
      /** What goes through the media server is sealed from end to end; present only where it is so. */
      isSealed: z.optional(z.literal(true)),
    }),
  ),
  createdAt: Timestamp,
  /** How long what is posted from now on stands; absent: for good. */
  messageLifetimeSeconds: z.optional(MessageLifetime),
  /** Where everything was cleared for everyone: nothing stands at or before this position. */
  clearedPosition: z.optional(Revision),
  /** The chat's revision when this entity last changed, not its newest one. */
  revision: Revision,
});
export type Chat = z.infer<typeof Chat>;

export const Member = z.object({
  chatId: ChatId,
  user: User,
  /** Null once the person has left or was removed: the tombstone of a member (R2). */
  role: z.nullable(Role),
  revision: Revision,
});
export type Member = z.infer<typeof Member>;

/**
 * All that changed in a chat after `from`, complete up to `revision`: the one shape of a fact told over the socket and
 * of the answer to a catch-up (R3, R4). A device at revision r applies it when from <= r < revision, ignores it when
 * revision <= r, and catches up when from > r.
 */
export const ChatChanges = z.object({
  chatId: ChatId,
  from: Revision,
  revision: Revision,
  chat: z.nullable(Chat),
  members: z.array(Member),
  messages: z.array(Message),
});
export type ChatChanges = z.infer<typeof ChatChanges>;

/** A chat as it stands in one person's list. */
export const ChatSummary = z.object({
  chat: Chat,
  /** The chat's newest revision: what this summary is complete up to. */
  revision: Revision,
  role: Role,
  /** The other person of a direct chat. */
  peer: z.nullable(User),
  lastMessage: z.nullable(Message),
  /** My read cursor: everything at or before this position is read. */
  readPosition: Revision,
  /** Other people's texts after the read cursor; counts up to 1,000. */
  unreadCount: z.int(),
  /** Where others call me by name after the read cursor, the first ones first; at most 100. */
  mentions: z.array(Revision),
  /** Where others call me by name in threads that I have not read so far, the first ones first; at most 100. */
  threadMentions: z.array(z.object({ thread: Revision, position: Revision })),
  place: ChatPlace,
});
export type ChatSummary = z.infer<typeof ChatSummary>;

/** All that changed in a person's chat list after `from`, as for a chat (`ChatChanges`); told to all their devices. */
export const PersonChanges = z.object({
  from: Revision,
  revision: Revision,
  chats: z.array(ChatSummary),
  /** Chats this person is no longer in. */
  gone: z.array(ChatId),
  /** What changed of this person's own about messages. A device new to the list gets them with each history instead. */
  marks: z.array(MessageMark),
  /** All folders in their order, when something about them changed. */
  folders: z.nullable(z.array(Folder)),
  /** All that the person has chosen, when something of it changed. */
  settings: z.optional(Settings),
  /** What changed of whom they are friends with or have blocked. */
  relations: z.optional(z.array(Relation)),
  /** All that the person says of themselves, when something of it changed. */
  profile: z.optional(PersonProfile),
});
export type PersonChanges = z.infer<typeof PersonChanges>;

export const SYNC_CHATS_MAX = 200;

const chatParams = z.object({ chatId: ChatId });
const memberParams = z.object({ chatId: ChatId, userId: UserId });

/** Who does not let themselves be added by the caller; an invite they can follow by themselves. */
const notAdded = z.array(UserId);

export const chatRoutes = defineRoutes({
  createDirectChat: {
    summary: 'The one direct chat with this person; made on first use.',
    method: 'POST',
    path: '/chats/direct',
    access: 'session',
    carriers: 'both',
    limits: ['createChat'],
    body: z.object({ userId: UserId }),
    reply: ChatSummary,
    errors: ['user-not-found', 'not-reachable', 'blocked-by-you'],
  },
  createGroup: {
    summary: 'Makes a group under the id the client chose; the same id again answers the same group.',
    method: 'POST',
    path: '/chats/groups',
    access: 'session',
    carriers: 'both',
    limits: ['createChat'],
    body: z.object({
      id: ChatId,
      title: lineOfText(GROUP_TITLE_MAX),
      memberIds: z.array(UserId).check(z.maxLength(MEMBERS_PER_REQUEST_MAX)),
    }),
    reply: z.extend(ChatSummary, { notAdded }),
    errors: ['user-not-found', 'id-taken'],
  },
  renameGroup: {
    summary: 'Changes the title. Owners and admins.',
    method: 'PATCH',
    path: '/chats/:chatId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: chatParams,
    body: z.object({ title: lineOfText(GROUP_TITLE_MAX) }),
    reply: ChatChanges,
    errors: ['chat-not-found', 'not-allowed'],
  },
  setMessageLifetime: {
    summary: 'From now on messages disappear after this time, or stay (0). In groups: owners and admins.',
    method: 'PUT',
    path: '/chats/:chatId/lifetime',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: chatParams,
    body: z.object({ seconds: z.literal([0, ...MESSAGE_LIFETIMES]) }),
    reply: ChatChanges,
    errors: ['chat-not-found', 'not-allowed', 'blocked-by-you'],
  },
  listMembers: {
    summary: 'The members in the order of their user ids, a page after `after`.',
    method: 'GET',
    path: '/chats/:chatId/members',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: chatParams,
    query: z.object({ after: z.optional(UserId) }),
    reply: z.object({ members: z.array(Member), hasMore: z.boolean() }),
    errors: ['chat-not-found'],
  },
  findMembers: {
    summary: 'Members whose user name or display name begins with this, ten at most.',
    method: 'GET',
    path: '/chats/:chatId/members/find',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: chatParams,
    query: z.object({ name: z.string().check(z.trim(), z.minLength(1), z.maxLength(64)) }),
    reply: z.object({ members: z.array(Member) }),
    errors: ['chat-not-found'],
  },
  addMembers: {
    summary: 'Adds people to a group. Owners and admins.',
    method: 'POST',
    path: '/chats/:chatId/members',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: chatParams,
    body: z.object({ userIds: z.array(UserId).check(z.minLength(1), z.maxLength(MEMBERS_PER_REQUEST_MAX)) }),
    reply: z.extend(ChatChanges, { notAdded }),
    errors: ['chat-not-found', 'not-allowed', 'user-not-found', 'already-a-member', 'group-full', 'member-banned'],
  },
  removeMember: {
    summary: 'Removes someone from a group, out of its running call too. Owners anyone, admins plain members.',
    method: 'DELETE',
    path: '/chats/:chatId/members/:userId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: memberParams,
    reply: ChatChanges,
    errors: ['chat-not-found', 'not-allowed', 'member-not-found'],
  },
  changeRole: {
    summary: 'Gives a member another role. Owners only; a group keeps at least one owner.',
    method: 'PUT',
    path: '/chats/:chatId/members/:userId/role',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: memberParams,
    body: z.object({ role: Role }),
    reply: ChatChanges,
    errors: ['chat-not-found', 'not-allowed', 'member-not-found', 'last-owner'],
  },
  leaveGroup: {
    summary: 'Leaves a group. Its last owner first makes someone else owner, unless nobody else is in it.',
    method: 'POST',
    path: '/chats/:chatId/leave',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: chatParams,
    reply: z.object({}),
    errors: ['chat-not-found', 'not-allowed', 'last-owner'],
  },
});

export const chatEvents = defineEvents({
  chatChanged: { summary: 'What changed in a chat the socket is in.', payload: ChatChanges },
  personChanged: { summary: "What changed in this person's chat list.", payload: PersonChanges },
  headsMoved: {
    summary:
      'The head beacon: newest revisions of chats the socket is in, and of the person, in case the bus lost something (R5).',
    payload: z.object({
      person: z.nullable(Revision),
      chats: z.array(z.object({ chatId: ChatId, revision: Revision })),
    }),
  },
});
