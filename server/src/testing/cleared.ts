import { randomBytes } from 'node:crypto';
import { clearingRoutes } from '@dialog/shared/chats.clearing';
import { chatRoutes } from '@dialog/shared/chats';
import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import { mentionOf } from '@dialog/shared/mentions';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { pollRoutes } from '@dialog/shared/messages.polls';
import { messageRoutes, type Message } from '@dialog/shared/messages';
import { newId, toBytes } from '../platform/ids.ts';
import { post } from './conversation.ts';
import { postFile } from './files.ts';
import { aUser, type Person } from './people.ts';
import type { TestNode } from './startTestApp.ts';

export interface ClearedWorld {
  readonly alice: Person;
  readonly bob: Person;
  readonly chatId: ChatId;
}

export async function aDirectChat(app: TestNode): Promise<ClearedWorld> {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await alice.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  return { alice, bob, chatId: chat.id };
}

export const clearForMe = (person: Person, chatId: ChatId, position: number) =>
  person.call(clearingRoutes.clearForMe, { params: { chatId }, body: { position } });
export const clearForEveryone = (person: Person, chatId: ChatId, node?: TestNode) =>
  person.call(clearingRoutes.clearForEveryone, { params: { chatId } }, node);

export function wordsIn(messages: readonly Message[]): string[] {
  return messages.map(({ content }) =>
    content.kind === 'text' ? content.text : content.kind === 'system' ? content.note.what : content.kind,
  );
}

export async function shown(person: Person, chatId: ChatId, node?: TestNode) {
  const { summary, history } = await person.call(messageRoutes.openChat, { params: { chatId } }, node);
  const { lastMessage, unreadCount, mentions } = summary;
  return { texts: wordsIn(history.messages), last: lastMessage && wordsIn([lastMessage])[0], unreadCount, mentions };
}

export const textsOf = async (person: Person, chatId: ChatId, node?: TestNode) =>
  (await shown(person, chatId, node)).texts;

export async function wrappedKeyOf({ app: { db } }: TestNode, chatId: ChatId): Promise<string> {
  const [row] = await db.rows<{ wrapped: Buffer }>(
    'SELECT wrapped_key AS wrapped FROM chat_keys WHERE chat_id = :chatId',
    { chatId: toBytes(chatId) },
  );
  return row?.wrapped.toString('hex') ?? '';
}

/** A message with everything that can hang on one. */
export async function aFullMessage(
  app: TestNode,
  { alice, bob, chatId }: ClearedWorld,
): Promise<{ message: Message; file: Message }> {
  const message = await post(alice, { chatId, text: 'the anchorage is secret' });
  const params = { chatId, messageId: message.id };
  await alice.call(messageActRoutes.editMessage, { params, body: { text: `the anchorage is very secret` } });
  await bob.call(messageActRoutes.react, { params, body: { emoji: '👍', isOn: true } });
  await bob.call(messageActRoutes.starMessage, { params, body: { isOn: true } });
  await alice.call(messageActRoutes.pinMessage, { params, body: { isOn: true } });
  const poll = {
    id: newId<MessageId>(),
    question: 'Sail?',
    options: ['Yes', 'No'],
    isMultiple: false,
    isAnonymous: false,
  };
  await alice.call(pollRoutes.postPoll, { params: { chatId }, body: poll });
  await bob.call(pollRoutes.vote, { params: { chatId, messageId: poll.id }, body: { options: [0] } });
  await post(alice, { chatId, text: `${mentionOf(bob.user.id)} look` });
  const file = await postFile(app, alice, { chatId, id: newId<MessageId>(), content: randomBytes(2_000) });
  return { message, file };
}
