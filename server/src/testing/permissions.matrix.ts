import type { CallId, ChatId, FolderId, MessageId } from '@dialog/shared/contract/values';
import type { RouteName } from '@dialog/shared/protocol';
import { newId } from '../platform/ids.ts';
import { exampleRequests, type Requests } from './examples.ts';
import { ANYONE, FILES, MEMBERS, MY_FOLDER, NOT_THERE, OUT, OWNER, SIGNED_IN } from './outcomes.ts';
import { peopleRows } from './permissions.people.ts';
import { kindRows } from './permissions.kinds.ts';
import { profileRows } from './permissions.profiles.ts';
import { callRows } from './permissions.calls.ts';
import { pushRows } from './permissions.push.ts';
import { proofRows } from './permissions.proofs.ts';
import { deviceRows } from './permissions.devices.ts';
import type { Person } from './people.ts';
import { callModerationRows } from './permissions.callModeration.ts';
import { directCallRows } from './permissions.directCalls.ts';
import { groupRows } from './permissions.groups.ts';

export const ACTORS = ['owner', 'member', 'former', 'stranger', 'blocked', 'signedOut'] as const;
export type Actor = (typeof ACTORS)[number];

/** `nothing`: answered, but without what the actor may not know of. */
export type Outcome = string;

export interface Scene {
  readonly chatId: ChatId;
  readonly callId: CallId;
  /** Posted by the owner. */
  readonly messageId: MessageId;
  /** Of that message, where it is words. */
  readonly position: number;
  /** The owner's. */
  readonly folderId: FolderId;
  /** Needs approval; the bystander has asked. */
  readonly inviteCode: string;
  readonly owner: Person;
  readonly member: Person;
  /** In the group as well, to be removed or promoted. */
  readonly other: Person;
  /** In no chat with anyone. */
  readonly bystander: Person;
}

export interface Row<Name extends RouteName> {
  readonly ask: (scene: Scene) => Requests[Name];
  /** In the order of ACTORS. Who is blocked is so by the owner, the member, the other and the bystander. */
  readonly may: readonly [
    owner: Outcome,
    member: Outcome,
    former: Outcome,
    stranger: Outcome,
    blocked: Outcome,
    signedOut: Outcome,
  ];
  /** Whether the answer says anything of the scene. */
  readonly shows?: (reply: unknown, scene: Scene) => boolean;
  /** With a call going on. */
  readonly inCall?: true;
  /** With a link to the group, by which the bystander has asked to come in. */
  readonly onInvite?: true;
  /** With a message that stands. */
  readonly onMessage?: true | 'file' | 'scheduled' | 'poll';
}

const examples = exampleRequests();
const inChat = ({ chatId }: Scene) => ({ chatId });
/** It has the id of the message that holds it. */
const inFile = ({ messageId }: Scene) => ({ params: { attachmentId: messageId } });
const ofMessage = ({ chatId, messageId }: Scene) => ({ chatId, messageId });

/** Who may do what: one row for each route of the contract. */
export const matrix: { readonly [Name in RouteName]: Row<Name> } = {
  getAbout: { ask: () => ({}), may: ANYONE },
  signUp: { ask: () => exampleRequests().signUp, may: ANYONE },
  signIn: {
    ask: ({ bystander }) => ({ body: { userName: bystander.userName, password: bystander.password, keep: 'bearer' } }),
    may: ANYONE,
  },
  signOut: { ask: () => ({}), may: SIGNED_IN },
  forgetHere: { ask: () => ({}), may: ANYONE },
  getMe: { ask: () => ({}), may: SIGNED_IN },
  listSessions: { ask: () => ({}), may: SIGNED_IN },
  signOutSession: { ask: ({ owner }) => ({ params: { sessionId: owner.sessionId } }), may: NOT_THERE },
  signOutOthers: { ask: () => ({}), may: SIGNED_IN },
  changePassword: {
    ask: () => examples.changePassword,
    may: ['wrong-credentials', 'wrong-credentials', 'wrong-credentials', 'wrong-credentials', 'wrong-credentials', OUT],
  },
  ...profileRows,
  ...proofRows,
  findUser: {
    ask: ({ bystander }) => ({ params: { userName: bystander.userName } }),
    may: ['ok', 'ok', 'ok', 'ok', 'user-not-found', OUT],
  },
  listUsers: {
    ask: ({ member }) => ({ body: { ids: [member.user.id] } }),
    may: ['ok', 'ok', 'ok', 'nothing', 'nothing', OUT],
    shows: (reply, { member }) => JSON.stringify(reply).includes(member.userName),
  },
  createDirectChat: {
    ask: ({ bystander }) => ({ body: { userId: bystander.user.id } }),
    may: ['ok', 'ok', 'ok', 'ok', 'not-reachable', OUT],
  },
  changeSettings: { ask: () => ({ body: { appearance: { theme: 'dark' } } }), may: SIGNED_IN },
  createGroup: { ask: () => ({ body: { id: newId<ChatId>(), title: 'Mine', memberIds: [] } }), may: SIGNED_IN },
  renameGroup: { ask: (scene) => ({ params: inChat(scene), body: { title: 'New title' } }), may: OWNER },
  ...pushRows,
  ...directCallRows,
  ...callModerationRows,
  ...kindRows,
  ...deviceRows,
  ...groupRows,
  ...peopleRows,
  listMembers: { ask: (scene) => ({ params: inChat(scene), query: {} }), may: MEMBERS },
  findMembers: { ask: (scene) => ({ params: inChat(scene), query: { name: 'a' } }), may: MEMBERS },
  addMembers: { ask: (scene) => ({ params: inChat(scene), body: { userIds: [scene.bystander.user.id] } }), may: OWNER },
  removeMember: { ask: (scene) => ({ params: { ...inChat(scene), userId: scene.other.user.id } }), may: OWNER },
  changeRole: {
    ask: (scene) => ({ params: { ...inChat(scene), userId: scene.other.user.id }, body: { role: 'admin' } }),
    may: OWNER,
  },
  leaveGroup: {
    ask: (scene) => ({ params: inChat(scene) }),
    may: ['last-owner', 'ok', 'chat-not-found', 'chat-not-found', 'chat-not-found', OUT],
  },
  getAttachment: { ask: inFile, may: FILES, onMessage: 'file' },
  listAttachments: { ask: (scene) => ({ params: inChat(scene), query: { filter: 'media' } }), may: MEMBERS },
  searchGifs: { ask: () => ({ body: { words: 'cats', language: 'en', offset: 0 } }), may: SIGNED_IN },
  takeGif: {
    ask: (scene) => ({ params: inChat(scene), body: { id: newId<never>(), gifId: 'gif1' } }),
    may: MEMBERS,
  },
  openNotes: { ask: () => ({}), may: SIGNED_IN },
  arrangeChat: { ask: (scene) => ({ params: inChat(scene), body: { isMarkedUnread: true } }), may: MEMBERS },
  clearForMe: { ask: (scene) => ({ params: inChat(scene), body: { position: 1 } }), may: MEMBERS },
  clearForEveryone: { ask: (scene) => ({ params: inChat(scene) }), may: OWNER },
  saveDraft: { ask: (scene) => ({ params: inChat(scene), body: { text: 'hel', agoMs: 0 } }), may: MEMBERS },
  createFolder: {
    ask: (scene) => ({ body: { id: newId<FolderId>(), name: 'Mine', chatIds: [scene.chatId] } }),
    may: MEMBERS,
  },
  // The owner's own; to anyone else it does not exist.
  changeFolder: { ask: ({ folderId }) => ({ params: { folderId }, body: { name: 'Ours' } }), may: MY_FOLDER },
  removeFolder: { ask: ({ folderId }) => ({ params: { folderId } }), may: MY_FOLDER },
  postMessage: {
    ask: (scene) => ({ params: inChat(scene), body: { id: newId<MessageId>(), text: 'hello' } }),
    may: MEMBERS,
  },
  openChat: { ask: (scene) => ({ params: inChat(scene) }), may: MEMBERS },
  listHistory: { ask: (scene) => ({ params: inChat(scene), query: { before: '100' } }), may: MEMBERS },
  listChanges: { ask: (scene) => ({ params: inChat(scene), query: { since: '0' } }), may: MEMBERS },
  syncChats: {
    ask: () => ({ body: { since: 0, known: [] } }),
    may: ['ok', 'ok', 'nothing', 'nothing', 'nothing', OUT],
    shows: (reply, { chatId }) =>
      (reply as { changes: { chats: { chat: { id: string } }[] } }).changes.chats.some(
        ({ chat }) => chat.id === chatId,
      ),
  },
  listAround: { ask: (scene) => ({ params: inChat(scene), query: { position: '1' } }), may: MEMBERS },
  listNewer: { ask: (scene) => ({ params: inChat(scene), query: { after: '1' } }), may: MEMBERS },
  findPosition: {
    ask: (scene) => ({ params: inChat(scene), query: { at: '2026-11-25T10:00:00.000Z' } }),
    may: MEMBERS,
  },
  listMessages: { ask: (scene) => ({ params: inChat(scene), body: { positions: [1] } }), may: MEMBERS },
  editMessage: {
    ask: (scene) => ({ params: ofMessage(scene), body: { text: 'better' } }),
    may: OWNER,
    onMessage: true,
  },
  listVersions: { ask: (scene) => ({ params: ofMessage(scene) }), may: MEMBERS, onMessage: true },
  deleteMessages: {
    ask: (scene) => ({ params: inChat(scene), body: { messageIds: [scene.messageId] } }),
    may: OWNER,
    onMessage: true,
  },
  hideMessages: { ask: (scene) => ({ params: inChat(scene), body: { positions: [1] } }), may: MEMBERS },
  react: {
    ask: (scene) => ({ params: ofMessage(scene), body: { emoji: '👍', isOn: true } }),
    may: MEMBERS,
    onMessage: true,
  },
  listReactions: {
    ask: (scene) => ({ params: ofMessage(scene), query: { emoji: '👍' } }),
    may: MEMBERS,
    onMessage: true,
  },
  pinMessage: { ask: (scene) => ({ params: ofMessage(scene), body: { isOn: true } }), may: OWNER, onMessage: true },
  listPins: { ask: (scene) => ({ params: inChat(scene) }), may: MEMBERS },
  starMessage: { ask: (scene) => ({ params: ofMessage(scene), body: { isOn: true } }), may: MEMBERS, onMessage: true },
  listStarred: { ask: () => ({ query: {} }), may: SIGNED_IN },
  forwardMessages: {
    ask: (scene) => ({
      params: inChat(scene),
      body: { from: scene.chatId, messages: [{ id: newId<MessageId>(), messageId: scene.messageId }] },
    }),
    may: MEMBERS,
    onMessage: true,
  },
  removePreview: { ask: (scene) => ({ params: ofMessage(scene) }), may: OWNER, onMessage: true },
  listReaders: { ask: (scene) => ({ params: ofMessage(scene), query: {} }), may: OWNER, onMessage: true },
  markRead: { ask: (scene) => ({ params: inChat(scene), body: { position: 1 } }), may: MEMBERS },
  // Chats the caller is not in are passed over without a word: the answer is empty for all.
  markDelivered: { ask: (scene) => ({ body: { cursors: [{ ...inChat(scene), position: 1 }] } }), may: SIGNED_IN },
  searchMessages: { ask: ({ chatId }) => ({ body: { words: 'hello', chatId } }), may: MEMBERS },
  ...callRows,
};
