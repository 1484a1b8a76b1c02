import { routes, type RouteName } from '@dialog/shared/protocol';
import type { Route, RouteReply, RouteRequest } from '@dialog/shared/contract/routes';
import { ChatId, MessageId, type UserId } from '@dialog/shared/contract/values';

/**
 * The story that `npm run dev` begins with: Alice, Bob and Carol, a group with 5,000 messages, and a direct chat. Told
 * through the public acts, so it is as true as any other. Ids are the same each time: told twice, it is there once.
 */
const SERVER = process.env['SEED_URL'] ?? 'http://127.0.0.1:3000';
const PASSWORD = process.env['SEED_PASSWORD'] ?? 'three-friends-and-a-boat';
const MESSAGES = 5000;
/** So many under way at once keep the server's batches filled. */
const ABREAST = 50;
const PEOPLE = [
  { userName: 'alice', displayName: 'Alice Ahlgren' },
  { userName: 'bob', displayName: 'Bob Okafor' },
  { userName: 'carol', displayName: 'Carol Lindqvist' },
] as const;
const LINES = [
  'The mooring is paid until Friday.',
  'Who has the key to the shed?',
  'I have it, and the spare one is under the third stone.',
  'Rain from noon, says the harbour office: https://weather.example/harbour',
  'Then we go at eight. Coffee on board?',
  'Coffee on board. And somebody bring the good bread, please.',
  'The jib needs two new eyelets; I measured 12 mm.',
  'Can you hear me in the call, or is it the wind again?',
  'Photographs later, my hands are full of rope.',
  'That was the best day of the year so far.',
] as const;

interface Person {
  readonly id: UserId;
  readonly token: string;
}

/** A UUID of version 7 for the n-th thing of a kind, always the same. */
function fixedId(kind: number, n: number): string {
  const time = (1_700_000_000_000 + n).toString(16).padStart(12, '0');
  const tail = kind.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${tail}`;
}

async function act<N extends RouteName>(
  name: N,
  input: RouteRequest<(typeof routes)[N]>,
  token?: string,
): Promise<RouteReply<(typeof routes)[N]>> {
  const route: Route = routes[name];
  const { params = {}, body } = input as { params?: Record<string, string>; body?: unknown };
  const path = route.path.replaceAll(/:(\w+)/g, (_all, key: string) => params[key] ?? '');
  const answer = await fetch(`${SERVER}/api${path}`, {
    method: route.method,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const reply: unknown = await answer.json();
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${JSON.stringify(reply)}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server itself parses what it answers by this route's schema
  return reply as RouteReply<(typeof routes)[N]>;
}

async function enter({ userName, displayName }: (typeof PEOPLE)[number]): Promise<Person> {
  const credentials = { userName, password: PASSWORD, keep: 'bearer' } as const;
  const answer = await act('signIn', { body: credentials }).catch(() =>
    act('signUp', { body: { ...credentials, displayName } }),
  );
  if (!('user' in answer) || answer.token === undefined) throw new Error(`${userName} was given no token`);
  return { id: answer.user.id, token: answer.token };
}

async function tellGroup(people: readonly Person[]): Promise<void> {
  const [alice, bob, carol] = people;
  if (!alice || !bob || !carol) throw new Error('the story needs three people');
  const chatId = ChatId.parse(fixedId(1, 0));
  const memberIds = [bob.id, carol.id];
  const summary = await act('createGroup', { body: { id: chatId, title: 'Harbour walk', memberIds } }, alice.token);
  if (summary.revision > MESSAGES) return;
  for (let first = 0; first < MESSAGES; first += ABREAST) {
    const numbers = Array.from({ length: Math.min(ABREAST, MESSAGES - first) }, (_, offset) => first + offset);
    await Promise.all(
      numbers.map((n) => {
        const text = `${LINES[n % LINES.length] ?? ''}${n % 7 === 0 ? ` (${n + 1})` : ''}`;
        const author = people[(n * 7 + Math.floor(n / 3)) % people.length] ?? alice;
        return act(
          'postMessage',
          { params: { chatId }, body: { id: MessageId.parse(fixedId(2, n)), text } },
          author.token,
        );
      }),
    );
  }
}

async function tellDirect([alice, bob]: readonly Person[]): Promise<void> {
  if (!alice || !bob) return;
  const { chat } = await act('createDirectChat', { body: { userId: bob.id } }, alice.token);
  const id = MessageId.parse(fixedId(3, 0));
  await act(
    'postMessage',
    { params: { chatId: chat.id }, body: { id, text: 'Bob, shall we call Carol tonight?' } },
    alice.token,
  );
}

/** Tells it, and answers with which password the three can sign in. */
export async function tellStory(): Promise<string> {
  const people: Person[] = [];
  for (const person of PEOPLE) people.push(await enter(person));
  await tellGroup(people);
  await tellDirect(people);
  return PASSWORD;
}
