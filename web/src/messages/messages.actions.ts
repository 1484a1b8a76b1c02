import type { RouteReply } from '@dialog/shared/contract/routes';
import { type ChatId, MessageId, type UserId } from '@dialog/shared/contract/values';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { messagePreviewRoutes } from '@dialog/shared/messages.previews';
import { type Message, MESSAGES_PER_REQUEST_MAX, messageRoutes } from '@dialog/shared/messages';
import type { User } from '@dialog/shared/users';
import { uuidv7 } from 'uuidv7';
import type { Call } from '../platform/api.ts';
import type { MessageSync } from './messages.sync.ts';

type Starred = RouteReply<typeof messageActRoutes.listStarred>;
type Versions = RouteReply<typeof messageActRoutes.listVersions>['versions'];
type Readers = RouteReply<typeof messageActRoutes.listReaders>;

/** A message that stands, as acts name it. */
export type MessageRef = Pick<Message, 'chatId' | 'id'>;

/** What a person does to messages that stand. Each rejects with an ApiError and changes nothing then. */
export interface MessageActions {
  edit(message: MessageRef, text: string): Promise<void>;
  /** For everyone. */
  remove(chatId: ChatId, messages: readonly MessageRef[]): Promise<void>;
  /** For oneself. */
  hide(chatId: ChatId, messages: readonly Pick<Message, 'position'>[]): Promise<void>;
  react(message: MessageRef, emoji: string, isOn: boolean): Promise<void>;
  pin(message: MessageRef, isOn: boolean): Promise<void>;
  star(message: MessageRef, isOn: boolean): Promise<void>;
  /** Off my own message, for everyone. */
  removePreview(message: MessageRef): Promise<void>;
  forward(from: ChatId, messages: readonly MessageRef[], to: readonly ChatId[]): Promise<void>;
  /** The position of the first message of a day, or what comes nearest; undefined in an empty chat. */
  positionAt(chatId: ChatId, at: Date): Promise<number | undefined>;
  listStarred(before: number | null): Promise<Starred>;
  listVersions(message: MessageRef): Promise<Versions>;
  listReactions(message: MessageRef, emoji: string): Promise<readonly User[]>;
  listReaders(message: MessageRef, after: UserId | undefined): Promise<Readers>;
}

export function createMessageActions(call: Call, sync: MessageSync): MessageActions {
  const paramsOf = ({ chatId, id }: MessageRef) => ({ chatId, messageId: id });
  return {
    async edit(message, text) {
      sync.learn(await call(messageActRoutes.editMessage, { params: paramsOf(message), body: { text } }));
    },
    async remove(chatId, messages) {
      for (const some of inPortions(messages)) {
        const body = { messageIds: some.map(({ id }) => id) };
        // oxlint-disable-next-line no-await-in-loop -- one act after another
        sync.learn(await call(messageActRoutes.deleteMessages, { params: { chatId }, body }));
      }
    },
    async hide(chatId, messages) {
      for (const some of inPortions(messages)) {
        const body = { positions: some.map(({ position }) => position) };
        // oxlint-disable-next-line no-await-in-loop -- one act after another
        const { marks } = await call(messageActRoutes.hideMessages, { params: { chatId }, body });
        sync.learnMarks(marks);
      }
    },
    async react(message, emoji, isOn) {
      const input = { params: paramsOf(message), body: { emoji, isOn } };
      const { changes, mark } = await call(messageActRoutes.react, input);
      sync.learn(changes);
      sync.learnMarks([mark]);
    },
    async pin(message, isOn) {
      sync.learn(await call(messageActRoutes.pinMessage, { params: paramsOf(message), body: { isOn } }));
    },
    async star(message, isOn) {
      const { mark } = await call(messageActRoutes.starMessage, { params: paramsOf(message), body: { isOn } });
      sync.learnMarks([mark]);
    },
    async removePreview(message) {
      sync.learn(await call(messagePreviewRoutes.removePreview, { params: paramsOf(message) }));
    },
    async forward(from, messages, to) {
      for (const chatId of to)
        for (const some of inPortions(messages)) {
          const items = some.map(({ id }) => ({ id: MessageId.parse(uuidv7()), messageId: id }));
          // oxlint-disable-next-line no-await-in-loop -- the order is the point
          await call(messageActRoutes.forwardMessages, { params: { chatId }, body: { from, messages: items } });
        }
    },
    async positionAt(chatId, at) {
      const query = { at: at.toISOString() };
      return (await call(messageRoutes.findPosition, { params: { chatId }, query })).position ?? undefined;
    },
    listStarred: (before) =>
      call(messageActRoutes.listStarred, { query: before === null ? {} : { before: String(before) } }),
    async listVersions(message) {
      return (await call(messageActRoutes.listVersions, { params: paramsOf(message) })).versions;
    },
    async listReactions(message, emoji) {
      return (await call(messageActRoutes.listReactions, { params: paramsOf(message), query: { emoji } })).people;
    },
    listReaders: (message, after) =>
      call(messageActRoutes.listReaders, { params: paramsOf(message), query: after ? { after } : {} }),
  };
}

function inPortions<T>(all: readonly T[]): T[][] {
  const portions: T[][] = [];
  for (let at = 0; at < all.length; at += MESSAGES_PER_REQUEST_MAX)
    portions.push(all.slice(at, at + MESSAGES_PER_REQUEST_MAX));
  return portions;
}
