import { mentionOf } from '@dialog/shared/mentions';
import type { Message } from '@dialog/shared/messages';
import type { ChatChanges, PersonChanges } from '@dialog/shared/chats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aChatModel } from '../testing/chatModel.ts';
import { aUserId } from '../testing/ids.ts';
import { applyChatChanges, applyPersonChanges, applyRead, type ChatList, EMPTY_LIST, inOrder } from './chats.store.ts';

const me = aUserId(1);
const other = aUserId(2);

function listOf(...models: ReturnType<typeof aChatModel>[]): ChatList {
  return applyPersonChanges(EMPTY_LIST, {
    from: 0,
    revision: 1,
    chats: models.map((model) => model.summaryFor(me)),
    gone: [],
    marks: [],
    folders: null,
  });
}

const anAct = fc.oneof(
  fc.record({ act: fc.constant('post' as const), mine: fc.boolean() }),
  fc.record({ act: fc.constant('reply' as const), mine: fc.boolean() }),
  fc.record({ act: fc.constant('note' as const), mine: fc.boolean() }),
  fc.record({ act: fc.constant('rename' as const), mine: fc.boolean() }),
  fc.record({ act: fc.constant('edit' as const), mine: fc.boolean() }),
  fc.record({ act: fc.constant('read' as const), mine: fc.boolean() }),
  fc.record({ act: fc.constant('arrange' as const), mine: fc.boolean() }),
  fc.record({ act: fc.constant('clear' as const), mine: fc.boolean() }),
  fc.record({ act: fc.constant('clearForMe' as const), mine: fc.boolean() }),
);

test('whichever way a chat and the person tell of themselves, the summary ends equal to the server’s', () => {
  fc.assert(
    fc.property(fc.array(anAct, { minLength: 1, maxLength: 25 }), fc.infiniteStream(fc.nat(3)), (acts, delays) => {
      const server = aChatModel();
      let list = listOf(server);
      let personRevision = 1;
      // Two streams, each in order by its follower; how they interleave is the network's business.
      const ofChat: ChatChanges[] = [];
      const ofPerson: PersonChanges[] = [];
      const flow = (upTo: number): void => {
        for (let n = 0; n < upTo; n += 1) {
          const takesChat = ofPerson.length === 0 || (ofChat.length > 0 && n % 2 === 0);
          const chat = takesChat ? ofChat.shift() : undefined;
          if (chat) list = applyChatChanges(list, chat, me);
          const person = takesChat ? undefined : ofPerson.shift();
          if (person) list = applyPersonChanges(list, person);
        }
      };
      for (const { act, mine } of acts) {
        if (act === 'post') ofChat.push(server.post(mine ? me : other, 'hi'));
        if (act === 'reply') ofChat.push(server.reply(personRevision, mine ? me : other, 'about that'));
        if (act === 'note') ofChat.push(server.note(mine ? me : other, { what: 'memberLeft' }));
        if (act === 'rename') ofChat.push(server.rename(`${server.revision()}`));
        if (act === 'edit') ofChat.push(server.edit(server.revision(), 'edited'));
        if (act === 'clear') ofChat.push(server.clear(mine ? me : other));
        if (act === 'read' || act === 'arrange' || act === 'clearForMe') {
          if (act === 'read') server.readUpTo(server.revision());
          else if (act === 'clearForMe') server.clearForMe(server.revision() - (mine ? 1 : 0));
          else server.arrange({ pinOrder: mine ? personRevision : null });
          ofPerson.push({
            from: personRevision,
            revision: personRevision + 1,
            chats: [server.summaryFor(me)],
            gone: [],
            marks: [],
            folders: null,
          });
          personRevision += 1;
        }
        flow(delays.next().value ?? 0);
      }
      flow(ofChat.length + ofPerson.length);
      expect(list.chats.get(server.chatId)?.summary).toEqual(server.summaryFor(me));
    }),
    { numRuns: 1_000 },
  );
}, 30_000);

test('the chat with the newest activity stands first', () => {
  const [older, newer] = [aChatModel(1), aChatModel(2)];
  older.post(other, 'one');
  newer.post(other, 'one');
  newer.post(other, 'two');
  let list = listOf(older, newer);
  expect(inOrder(list).map(({ summary }) => summary.chat.id)).toEqual([newer.chatId, older.chatId]);
  for (let n = 0; n < 3; n += 1) list = applyChatChanges(list, older.post(other, 'again'), me);
  expect(inOrder(list)[0]?.summary.chat.id).toBe(older.chatId);
});

test('what others write is unread, what I write and what the chat says of itself is not', () => {
  const server = aChatModel();
  let list = listOf(server);
  for (const frame of [server.post(other, 'a'), server.post(me, 'b'), server.note(other, { what: 'memberLeft' })])
    list = applyChatChanges(list, frame, me);
  expect(list.chats.get(server.chatId)?.summary.unreadCount).toBe(1);
});

test('reading clears the count, but not what came after', () => {
  const server = aChatModel();
  let list = listOf(server);
  list = applyChatChanges(list, server.post(other, 'a'), me);
  list = applyChatChanges(list, server.post(other, 'b'), me);
  list = applyRead(list, server.chatId, { readPosition: 1, unreadCount: 0 });
  expect(list.chats.get(server.chatId)?.summary).toMatchObject({ readPosition: 1, unreadCount: 1 });
});

test('a chat one is no longer in leaves the list', () => {
  const server = aChatModel();
  const list = applyPersonChanges(listOf(server), {
    from: 1,
    revision: 2,
    chats: [],
    gone: [server.chatId],
    marks: [],
    folders: null,
  });
  expect(list.chats.size).toBe(0);
});

test('a count made before an unread message was taken back does not bring it back', () => {
  const server = aChatModel();
  let list = listOf(server);
  list = applyChatChanges(list, server.post(other, 'first'), me);
  const message = server.messagesFrom(0)[0] as Message;
  list = applyChatChanges(list, server.post(other, 'second'), me);
  const counted = server.summaryFor(me);
  const revision = counted.revision + 1;
  const tombstone = { ...message, content: { kind: 'deleted' as const }, revision };
  const taken = { chatId: server.chatId, from: counted.revision, revision, chat: null, members: [] };
  list = applyChatChanges(list, { ...taken, messages: [tombstone] }, me);
  expect(list.chats.get(server.chatId)?.summary.unreadCount).toBe(1);
  list = applyPersonChanges(list, { from: 1, revision: 2, chats: [counted], gone: [], marks: [], folders: null });
  expect(list.chats.get(server.chatId)?.summary.unreadCount).toBe(1);
});

test('who is called by name in a thread is called until they have read it there, wherever the cursor stands', () => {
  const server = aChatModel();
  let list = listOf(server);
  list = applyChatChanges(list, server.post(other, 'a root'), me);
  list = applyChatChanges(list, server.reply(0, other, `look ${mentionOf(me)} ${mentionOf(me)}`), me);
  list = applyChatChanges(list, server.reply(0, other, 'everyone <@everyone>'), me);
  const calls = () => list.chats.get(server.chatId)?.summary.threadMentions;
  expect(calls()).toEqual([{ thread: 1, position: 2 }]);
  list = applyRead(list, server.chatId, { readPosition: 5, unreadCount: 0 });
  expect(calls()).toEqual([{ thread: 1, position: 2 }]);
  // Edited, it calls nobody any more.
  list = applyChatChanges(list, server.edit(1, 'never mind'), me);
  expect(calls()).toEqual([]);
});

test('what somebody says in a group whom I have blocked is not unread, nor is it when they take it back', () => {
  const server = aChatModel();
  const user = { id: other, userName: 'bob', displayName: 'Bob' };
  const blocked = { user, friendship: 'none' as const, isBlocked: true, revision: 1 };
  let list: ChatList = { ...listOf(server), relations: new Map([[other, blocked]]) };
  const unread = () => list.chats.get(server.chatId)?.summary.unreadCount;
  const said = server.post(other, 'psst');
  list = applyChatChanges(list, said, me);
  expect(unread()).toBe(0);
  list = applyChatChanges(list, server.post(aUserId(3), 'hello'), me);
  const from = server.revision();
  const messages = said.messages.map((message) => ({
    ...message,
    content: { kind: 'deleted' as const },
    revision: from + 1,
  }));
  list = applyChatChanges(list, { ...said, from, revision: from + 1, messages }, me);
  expect(unread()).toBe(1);
});
