import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import { messageRoutes, type Message } from '@dialog/shared/messages';
import type { Preview } from '@dialog/shared/previews.values';
import { eventually } from './conversation.ts';
import type { Person } from './people.ts';
import type { TestNode } from './startTestApp.ts';

const FOUND_WITHIN_MS = 10_000;

interface Place {
  readonly chatId: ChatId;
  readonly id: MessageId;
}

/** A message of the newest page, as it stands. */
export async function readMessage(person: Person, { chatId, id }: Place, node?: TestNode): Promise<Message> {
  const { history } = await person.call(messageRoutes.openChat, { params: { chatId } }, node);
  const message = history.messages.find((one) => one.id === id);
  if (!message) throw new Error('no such message');
  return message;
}

/** The message's preview, once it has one. */
export async function previewed(person: Person, place: Place, node?: TestNode): Promise<Preview> {
  let preview: Preview | undefined;
  await eventually(async () => {
    ({ preview } = await readMessage(person, place, node));
    return preview !== undefined;
  }, FOUND_WITHIN_MS);
  if (!preview) throw new Error('no preview');
  return preview;
}

/** Previews that were asked for and not yet looked for. */
export function previewsAsked(node: TestNode): Promise<{ payload: string }[]> {
  return node.app.db.rows<{ payload: string }>('SELECT payload FROM outbox WHERE topic = :topic', {
    topic: 'messages.preview',
  });
}

/** Until everything asked for has been looked for. */
export async function previewsSettled(node: TestNode): Promise<void> {
  await eventually(async () => (await previewsAsked(node)).length === 0, FOUND_WITHIN_MS);
}

export function fetchPicture(
  node: TestNode,
  person: Person | null,
  preview: Pick<Preview, 'picture'>,
): Promise<Response> {
  const headers: Record<string, string> = person ? { authorization: `Bearer ${person.token}` } : {};
  return fetch(`${node.url}/api/previews/${preview.picture?.id ?? ''}`, { headers });
}
