import { setTimeout as sleep } from 'node:timers/promises';
import { type Act, type ActAnswer, PROTOCOL_VERSION, type routes, type RouteName } from '@dialog/shared/protocol';
import type { RouteReply, RouteRequest } from '@dialog/shared/contract/routes';
import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import { io, type Socket } from 'socket.io-client';
import { newId } from '../../server/src/platform/ids.ts';
import { callApi } from '../support/api.ts';
import type { SeededPerson } from '../support/people.ts';
import type { Random } from './random.ts';
import { type ChatView, createChatView } from './view.ts';

type Routes = typeof routes;

/** One message as its sender knows it: under the same id until it is acknowledged, whatever happens (R6). */
export interface Posted {
  readonly id: MessageId;
  readonly chatId: ChatId;
  readonly text: string;
  readonly position: number;
}

/** A person's device: an outbox of one message at a time, and a view per chat that follows R3 to R5. */
export interface Device {
  readonly person: SeededPerson;
  readonly posted: readonly Posted[];
  /** Ids that were tried and are not acknowledged yet. */
  readonly underWay: ReadonlySet<string>;
  /** Posts until told to stop; resolves when the last one is acknowledged. */
  run(shouldStop: () => boolean): Promise<void>;
  views(): readonly ChatView[];
  close(): void;
}

interface DeviceOptions {
  readonly name: string;
  readonly person: SeededPerson;
  readonly chatIds: readonly [ChatId, ...ChatId[]];
  readonly urls: readonly [string, string];
  readonly random: Random;
  readonly onAcknowledged: () => void;
}

const ANSWER_MS = 7_000;
/** Between two messages of one person. */
const THINKING_MS = [0, 60] as const;
const RETRY_MS = [50, 400] as const;
/** An impatient retry goes to both nodes at the same moment. */
const DOUBLE_SHARE = 0.05;
/** The page's own back-off, shortened so that a run has more of it. */
const RECONNECT_MS = [100, 800] as const;
const OVERTAKING_MS = 50;

export function createDevice(options: DeviceOptions): Device {
  const { random, person } = options;
  const views = new Map(options.chatIds.map((chatId) => [chatId, createChatView(chatId)]));
  const catchingUp = new Set<ChatId>();
  const posted: Posted[] = [];
  const underWay = new Set<string>();
  let node = random.next() < 0.5 ? 0 : 1;
  let isClosed = false;
  let socket = open();

  const url = (which: number): string => options.urls[which === 0 ? 0 : 1];

  function open(): Socket {
    const opened = io(options.urls[node === 0 ? 0 : 1], {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      timeout: 5_000,
      auth: { protocol: PROTOCOL_VERSION, token: person.token },
    });
    opened.on('connect', catchUpAll);
    opened.on('disconnect', () => void comeBack());
    opened.on('connect_error', () => void comeBack());
    opened.on('chatChanged', (changes) => {
      const view = views.get(changes.chatId);
      if (view && !view.apply(changes)) void catchUpSoon(view);
    });
    opened.on('headsMoved', ({ chats }: { chats: { chatId: ChatId; revision: number }[] }) => {
      for (const { chatId, revision } of chats) {
        const view = views.get(chatId);
        if (view && revision > view.revision()) void catchUpSoon(view);
      }
    });
    return opened;
  }

  async function comeBack(): Promise<void> {
    if (isClosed) return;
    socket.close();
    await sleep(random.between(...RECONNECT_MS));
    node = 1 - node;
    if (!isClosed) socket = open();
  }

  async function ask<N extends RouteName>(route: N, input: RouteRequest<Routes[N]>): Promise<RouteReply<Routes[N]>> {
    if (!socket.connected) return callApi({ url: url(node), token: person.token }, route, input);
    const act: Act = { route, input };
    const answer: ActAnswer = await socket.timeout(ANSWER_MS).emitWithAck('act', act);
    if (!answer.ok) throw new Error(`${route}: ${answer.error.code}`);
    return answer.reply as RouteReply<Routes[N]>;
  }

  /** One at a time per chat, until it succeeds: what was told once is not told again. */
  async function catchUpSoon(view: ChatView): Promise<void> {
    if (catchingUp.has(view.chatId)) return;
    catchingUp.add(view.chatId);
    while (!isClosed && !(await isCaughtUp(view))) await sleep(random.between(...RETRY_MS));
    catchingUp.delete(view.chatId);
  }

  async function isCaughtUp(view: ChatView): Promise<boolean> {
    try {
      await catchUp(view);
      return true;
    } catch {
      return false;
    }
  }

  async function catchUp(view: ChatView): Promise<void> {
    // The missing frame may only have been overtaken.
    await sleep(OVERTAKING_MS);
    const answer = await ask('listChanges', {
      params: { chatId: view.chatId },
      query: { since: `${view.revision()}` },
    });
    if (answer.kind === 'changes') view.apply(answer.changes);
    else await startOver(view);
  }

  /** Too far behind: the newest page, and older ones until they meet what is here. */
  async function startOver(view: ChatView): Promise<void> {
    const { chatId } = view;
    const { summary, history } = await ask('openChat', { params: { chatId } });
    const last = view.texts().at(-1)?.position ?? 0;
    const messages: Message[] = [...history.messages];
    let { from, hasOlder } = history;
    while (hasOlder && from > last + 1) {
      const page = await ask('listHistory', { params: { chatId }, query: { before: `${from}` } });
      messages.unshift(...page.messages);
      ({ from, hasOlder } = page);
    }
    view.apply({ chatId, from: 0, revision: summary.revision, chat: null, members: [], messages });
  }

  function catchUpAll(): void {
    for (const view of views.values()) void catchUpSoon(view);
  }

  /** @throws when it is unknown whether it was posted. */
  async function tryPost(message: Omit<Posted, 'position'>): Promise<Message> {
    const input = { params: { chatId: message.chatId }, body: { id: message.id, text: message.text } };
    if (random.next() >= DOUBLE_SHARE) return ask('postMessage', input);
    const both = [0, 1].map((which) => callApi({ url: url(which), token: person.token }, 'postMessage', input));
    return Promise.any([ask('postMessage', input), ...both]);
  }

  async function post(message: Omit<Posted, 'position'>): Promise<void> {
    underWay.add(message.id);
    for (;;) {
      try {
        const { position } = await tryPost(message);
        underWay.delete(message.id);
        posted.push({ ...message, position });
        options.onAcknowledged();
        return;
      } catch {
        await sleep(random.between(...RETRY_MS));
      }
    }
  }

  return {
    person,
    posted,
    underWay,
    async run(shouldStop) {
      for (let number = 1; !shouldStop(); number += 1) {
        await sleep(random.between(...THINKING_MS));
        const chatId = random.pick(options.chatIds);
        await post({ id: newId<MessageId>(), chatId, text: `${options.name} ${number}` });
      }
    },
    views: () => [...views.values()],
    close() {
      isClosed = true;
      socket.close();
    },
  };
}
