import { routes, type RouteName } from '@dialog/shared/protocol';
import type { Route, RouteReply, RouteRequest } from '@dialog/shared/contract/routes';
import type { ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import { newId } from '../../server/src/platform/ids.ts';
import type { Guest } from './world.ts';

type Routes = typeof routes;

interface Parts {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An act of a signed-in person, from their browser but past their screen: for what a flow needs and does not test. */
export async function actAs<N extends RouteName>(
  guest: Guest,
  name: N,
  input: RouteRequest<Routes[N]>,
): Promise<RouteReply<Routes[N]>> {
  const { method, path }: Route = routes[name];
  const { params = {}, query, body } = input as Parts;
  const filled = path.replaceAll(/:(\w+)/g, (_all, key: string) => encodeURIComponent(params[key] ?? ''));
  const url = `/api${filled}${query ? `?${new URLSearchParams(query).toString()}` : ''}`;
  const answer = await guest.page.evaluate(
    async (request) => {
      const response = await fetch(request.url, {
        method: request.method,
        ...(request.body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(request.body) }),
      });
      return { isOk: response.ok, reply: (await response.json()) as unknown };
    },
    { url, method, body },
  );
  if (!answer.isOk) throw new Error(`${name}: ${JSON.stringify(answer.reply)}`);
  return answer.reply as RouteReply<Routes[N]>;
}

export async function idOf(guest: Guest): Promise<UserId> {
  const { user } = await actAs(guest, 'getMe', {});
  return user.id;
}

export async function makeGroupOf(owner: Guest, title: string, others: readonly Guest[]): Promise<ChatId> {
  const id = newId<ChatId>();
  const memberIds = await Promise.all(others.map(idOf));
  await actAs(owner, 'createGroup', { body: { id, title, memberIds } });
  return id;
}

export async function makeDirectChat(one: Guest, other: Guest): Promise<ChatId> {
  const { chat } = await actAs(one, 'createDirectChat', { body: { userId: await idOf(other) } });
  return chat.id;
}

export async function postAs(guest: Guest, chatId: ChatId, text: string): Promise<void> {
  await actAs(guest, 'postMessage', { params: { chatId }, body: { id: newId<MessageId>(), text } });
}

/** The texts of a chat as the server has them, its newest page. */
export async function textsInDatabase(guest: Guest, chatId: ChatId): Promise<string[]> {
  const { history } = await actAs(guest, 'openChat', { params: { chatId } });
  return history.messages.flatMap(({ content }) => (content.kind === 'text' ? [content.text] : []));
}
