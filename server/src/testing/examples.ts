import type { RouteRequest } from '@dialog/shared/contract/routes';
import type { RouteName, routes } from '@dialog/shared/protocol';
import { newId } from '../platform/ids.ts';

export type Requests = { readonly [Name in RouteName]: RouteRequest<(typeof routes)[Name]> };

const chat = () => ({ chatId: newId<never>() });
const message = () => ({ ...chat(), messageId: newId<never>() });
const call = () => ({ callId: newId<never>() });

/** A PNG of one pixel, in base64. */
export const A_PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** For every route of the contract something well-formed to ask, about things that are not there. */
export function exampleRequests(): Requests {
  const password = 'correct horse battery';
  return {
    getAbout: {},
    signUp: { body: { userName: `u${newId<string>().slice(-12)}`, displayName: 'Somebody', password, keep: 'bearer' } },
    signIn: { body: { userName: 'nobody_at_all', password, keep: 'bearer' } },
    signOut: {},
    getMe: {},
    listSessions: {},
    signOutSession: { params: { sessionId: newId<never>() } },
    signOutOthers: {},
    changePassword: { body: { currentPassword: 'not the password', newPassword: 'some other words 7' } },
    findUser: { params: { userName: 'nobody_at_all' } },
    listUsers: { body: { ids: [newId<never>()] } },
    createDirectChat: { body: { userId: newId<never>() } },
    createGroup: { body: { id: newId<never>(), title: 'A group', memberIds: [] } },
    renameGroup: { params: chat(), body: { title: 'Another title' } },
    setMessageLifetime: { params: chat(), body: { seconds: 3_600 } },
    createInvite: { params: chat(), body: { expiresInSeconds: 3600, usesMax: 1, needsApproval: false } },
    listInvites: { params: chat() },
    revokeInvite: { params: { ...chat(), inviteId: newId<never>() } },
    lookUpInvite: { body: { code: 'a'.repeat(32) } },
    joinByInvite: { body: { code: 'a'.repeat(32) } },
    listJoinRequests: { params: chat(), query: {} },
    admitRequest: { params: { ...chat(), userId: newId<never>() } },
    refuseRequest: { params: { ...chat(), userId: newId<never>() } },
    banMember: { params: { ...chat(), userId: newId<never>() } },
    liftBan: { params: { ...chat(), userId: newId<never>() } },
    listBans: { params: chat(), query: {} },
    setGroupPicture: { params: chat(), body: { picture: A_PICTURE } },
    listCustomEmoji: { params: chat() },
    addCustomEmoji: { params: chat(), body: { id: newId<never>(), name: 'our_tea', picture: A_PICTURE } },
    renameCustomEmoji: { params: { ...chat(), emojiId: newId<never>() }, body: { name: 'your_tea' } },
    removeCustomEmoji: { params: { ...chat(), emojiId: newId<never>() } },
    removeGroupPicture: { params: chat() },
    changeGroup: { params: chat(), body: { slowModeSeconds: 10 } },
    listMembers: { params: chat(), query: {} },
    findMembers: { params: chat(), query: { name: 'nobody' } },
    addMembers: { params: chat(), body: { userIds: [newId<never>()] } },
    removeMember: { params: { ...chat(), userId: newId<never>() } },
    changeRole: { params: { ...chat(), userId: newId<never>() }, body: { role: 'admin' } },
    leaveGroup: { params: chat() },
    getAttachment: { params: { attachmentId: newId<never>() } },
    listAttachments: { params: chat(), query: { filter: 'media' } },
    searchGifs: { body: { words: 'cats', language: 'en', offset: 0 } },
    takeGif: { params: chat(), body: { id: newId<never>(), gifId: 'abc123' } },
    openNotes: {},
    arrangeChat: { params: chat(), body: { level: 'mentions', isMarkedUnread: true } },
    clearForMe: { params: chat(), body: { position: 10 } },
    clearForEveryone: { params: chat() },
    saveDraft: { params: chat(), body: { text: 'hel', agoMs: 0 } },
    createFolder: { body: { id: newId<never>(), name: 'Family', chatIds: [] } },
    changeFolder: { params: { folderId: newId<never>() }, body: { name: 'Friends' } },
    removeFolder: { params: { folderId: newId<never>() } },
    postMessage: { params: chat(), body: { id: newId<never>(), text: 'hello' } },
    openChat: { params: chat() },
    listHistory: { params: chat(), query: { before: '10' } },
    listChanges: { params: chat(), query: { since: '0' } },
    syncChats: { body: { since: 0, known: [] } },
    listAround: { params: chat(), query: { position: '10' } },
    listNewer: { params: chat(), query: { after: '10' } },
    findPosition: { params: chat(), query: { at: '2026-11-25T10:00:00.000Z' } },
    listMessages: { params: chat(), body: { positions: [1] } },
    scheduleMessage: {
      params: chat(),
      body: { id: newId<never>(), text: 'later', sendAt: new Date(Date.now() + 3_600_000).toISOString() },
    },
    listScheduled: { params: chat() },
    changeScheduled: { params: message(), body: { text: 'otherwise' } },
    sendScheduled: { params: message() },
    cancelScheduled: { params: message() },
    postPoll: {
      params: chat(),
      body: { id: newId<never>(), question: 'When?', options: ['Now', 'Later'], isMultiple: false, isAnonymous: false },
    },
    vote: { params: message(), body: { options: [0] } },
    listVoters: { params: message(), query: { option: '0' } },
    closePoll: { params: message() },
    editMessage: { params: message(), body: { text: 'better' } },
    listVersions: { params: message() },
    deleteMessages: { params: chat(), body: { messageIds: [newId<never>()] } },
    hideMessages: { params: chat(), body: { positions: [1] } },
    react: { params: message(), body: { emoji: '👍', isOn: true } },
    listReactions: { params: message(), query: { emoji: '👍' } },
    pinMessage: { params: message(), body: { isOn: true } },
    listPins: { params: chat() },
    starMessage: { params: message(), body: { isOn: true } },
    listStarred: { query: {} },
    forwardMessages: {
      params: chat(),
      body: { from: newId<never>(), messages: [{ id: newId<never>(), messageId: newId<never>() }] },
    },
    removePreview: { params: message() },
    listReaders: { params: message(), query: {} },
    markRead: { params: chat(), body: { position: 1 } },
    markDelivered: { body: { cursors: [{ ...chat(), position: 1 }] } },
    searchMessages: { body: { words: 'hello' } },
    getCallStatus: {},
    startCall: { params: chat(), body: { id: newId<never>() } },
    getCall: { params: call() },
    joinCall: { params: call(), body: { deviceId: newId<never>() } },
    leaveCall: { params: call(), body: { deviceId: newId<never>() } },
  };
}
