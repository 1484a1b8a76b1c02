import { type AttachmentId, type ChatId, MessageId } from '@dialog/shared/contract/values';
import { type ScheduledMessage, scheduledRoutes } from '@dialog/shared/messages.scheduled';
import { uuidv7 } from 'uuidv7';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Call } from '../platform/api.ts';
import type { Socket } from '../platform/socket.ts';

type ByChat = ReadonlyMap<ChatId, readonly ScheduledMessage[]>;

interface ScheduledWords extends Pick<ScheduledMessage, 'text' | 'replyTo' | 'isSilent' | 'sendAt'> {
  readonly attachmentIds?: AttachmentId[];
}

/** What waits for its time, of the chats that were opened. Acts reject with an ApiError and change nothing then. */
export interface Scheduled {
  readonly store: StoreApi<ByChat>;
  /** Without a network what is known stays; the next connection asks again. */
  load(chatId: ChatId): Promise<void>;
  /** The files are on the server by then. */
  schedule(chatId: ChatId, words: ScheduledWords): Promise<void>;
  change(message: ScheduledMessage, to: Pick<ScheduledMessage, 'text' | 'sendAt'>): Promise<void>;
  sendNow(message: ScheduledMessage): Promise<void>;
  cancel(message: ScheduledMessage): Promise<void>;
}

interface ScheduledDeps {
  readonly call: Call;
  readonly socket: Pick<Socket, 'on' | 'onConnected'>;
}

export function createScheduled({ call, socket }: ScheduledDeps): Scheduled {
  const store = createStore<ByChat>(() => new Map());
  socket.on('scheduledChanged', ({ chatId }) => {
    if (store.getState().has(chatId)) void load(chatId);
  });
  socket.onConnected(() => {
    for (const chatId of store.getState().keys()) void load(chatId);
  });
  const paramsOf = ({ chatId, id }: ScheduledMessage) => ({ params: { chatId, messageId: id } });

  async function load(chatId: ChatId): Promise<void> {
    try {
      const { messages } = await call(scheduledRoutes.listScheduled, { params: { chatId } });
      store.setState(new Map(store.getState()).set(chatId, messages), true);
    } catch {
      if (!store.getState().has(chatId)) store.setState(new Map(store.getState()).set(chatId, []), true);
    }
  }

  return {
    store,
    load,
    async schedule(chatId, words) {
      const body = { id: MessageId.parse(uuidv7()), ...words };
      await call(scheduledRoutes.scheduleMessage, { params: { chatId }, body });
      await load(chatId);
    },
    async change(message, to) {
      await call(scheduledRoutes.changeScheduled, { ...paramsOf(message), body: to });
      await load(message.chatId);
    },
    async sendNow(message) {
      await call(scheduledRoutes.sendScheduled, paramsOf(message));
      await load(message.chatId);
    },
    async cancel(message) {
      await call(scheduledRoutes.cancelScheduled, paramsOf(message));
      await load(message.chatId);
    },
  };
}
