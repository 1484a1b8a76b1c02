import type { ChatSummary } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import { type ChatList, isCalled } from '../chats/chats.store.ts';
import type { ChatSync } from '../chats/chats.sync.ts';
import type { MessageSync } from '../messages/messages.sync.ts';
import type { Clock } from '../platform/clock.ts';
import type { Socket } from '../platform/socket.ts';
import type { Arrival } from './deciding.ts';

interface ArrivalsDeps {
  readonly chats: Pick<ChatSync, 'me' | 'store'>;
  readonly messages: Pick<MessageSync, 'store'>;
  readonly socket: Pick<Socket, 'on'>;
  readonly clock: Clock;
}

/** What was missed for longer is found in the list; a device that wakes up should not shout about the morning. */
const STILL_NEWS_MS = 600_000;

/**
 * Tells of each message once, as it comes: by the frames of its chat, and after a gap by the newest one of each chat.
 * Nothing of what was there before counts. Answers how to stop.
 */
export function hearArrivals({ chats, messages, socket, clock }: ArrivalsDeps, hear: (arrival: Arrival) => void) {
  const beganAt = clock.now();
  /** Up to which position of each chat all has been told. */
  const told = new Map<ChatId, number>();
  let isFirst = true;

  const stops = [
    socket.on('chatChanged', ({ chatId, messages: changed }) => {
      for (const message of changed.toSorted((a, b) => a.position - b.position)) take(chatId, message);
    }),
    // A moment later, so that the messages of a frame have been taken one by one.
    chats.store.subscribe(({ list, isKnown }, before) => {
      if (isKnown && list.chats !== before.list.chats) clock.after(0, () => catchUp(list));
    }),
  ];
  if (chats.store.getState().isKnown) catchUp(chats.store.getState().list);
  return () => stops.forEach((stop) => stop());

  function catchUp({ chats: listed }: ChatList): void {
    for (const [chatId, { summary }] of listed) {
      const newest = summary.lastMessage;
      if (!newest || newest.position <= (told.get(chatId) ?? -1)) continue;
      if (isFirst || !isNews(newest)) told.set(chatId, Math.max(newest.position, told.get(chatId) ?? 0));
      else take(chatId, newest);
    }
    isFirst = false;
  }

  function isNews({ postedAt }: Message): boolean {
    const at = Date.parse(postedAt);
    return at > beganAt && at > clock.now() - STILL_NEWS_MS;
  }

  function take(chatId: ChatId, message: Message): void {
    const summary = chats.store.getState().list.chats.get(chatId)?.summary;
    // Edits, reactions and votes bring a message again.
    if (!summary || message.position <= (told.get(chatId) ?? 0)) return;
    told.set(chatId, message.position);
    hear({ summary, message, isCall: calls(summary, message), isFollowed: isFollowed(message) });
  }

  function calls({ chat }: ChatSummary, message: Message): boolean {
    const memberCount = message.thread === undefined ? chat.memberCount : Number.POSITIVE_INFINITY;
    return isCalled(message, { me: chats.me, memberCount }) || answersMe(message);
  }

  /** As far as this device knows what is answered. */
  function answersMe({ chatId, replyTo }: Message): boolean {
    if (replyTo === undefined) return false;
    const history = messages.store.getState().histories.get(chatId);
    return history?.messages.some(({ position, senderId }) => position === replyTo && senderId === chats.me) ?? false;
  }

  function isFollowed({ chatId, thread }: Message): boolean {
    if (thread === undefined) return false;
    return messages.store.getState().histories.get(chatId)?.marks.get(thread)?.thread?.isFollowing ?? false;
  }
}
