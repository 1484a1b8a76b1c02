import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import { messageRoutes, type Message } from '@dialog/shared/messages';
import type { ServerToClientEvents } from '@dialog/shared/protocol';
import { newId } from '../platform/ids.ts';
import { act, type ClientSocket, type Person } from './people.ts';
import type { TestNode } from './startTestApp.ts';

type EventName = keyof ServerToClientEvents;
type Heard = { readonly [N in EventName]: { event: N; payload: Parameters<ServerToClientEvents[N]>[0] } }[EventName];

interface Draft {
  readonly chatId: ChatId;
  readonly text: string;
  readonly id?: MessageId;
}

/** Over HTTP. */
export function post(
  person: Person,
  { chatId, text, id = newId<MessageId>() }: Draft,
  node?: TestNode,
): Promise<Message> {
  return person.call(messageRoutes.postMessage, { params: { chatId }, body: { id, text } }, node);
}

/** Over a socket. */
export function postOn(socket: ClientSocket, { chatId, text, id = newId<MessageId>() }: Draft): Promise<Message> {
  return act(socket, messageRoutes.postMessage, { params: { chatId }, body: { id, text } });
}

/** All that a socket hears from now on. */
export function listen(socket: ClientSocket): readonly Heard[] {
  const heard: Heard[] = [];
  socket.onAny((event, payload) => void heard.push({ event, payload }));
  return heard;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Resolves when it holds; fails after `withinMs`. */
export async function eventually(holds: () => boolean | Promise<boolean>, withinMs = 5_000): Promise<void> {
  const until = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > until) throw new Error(`still not so after ${withinMs} ms`);
    await pause(20);
  }
}
