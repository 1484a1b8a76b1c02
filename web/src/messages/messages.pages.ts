import type { ChatId } from '@dialog/shared/contract/values';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { MESSAGES_PER_REQUEST_MAX, messageRoutes } from '@dialog/shared/messages';
import type { Call } from '../platform/api.ts';
import {
  applyNewerPage,
  applyOlderPage,
  applyPins,
  applyReferred,
  type ChatHistory,
  endDetour,
  messageAt,
  startDetour,
} from './messages.store.ts';
import { narrowed } from './messages.window.ts';

/** Moving about in the history of a chat that is open. */
export interface Pages {
  /** One page further into the past, if there is one. One question at a time per chat. Rejects with an ApiError. */
  loadOlder(chatId: ChatId): Promise<void>;
  /** One page of a detour towards the newest. As `loadOlder`. */
  loadNewer(chatId: ChatId): Promise<void>;
  /** Sees to it that what stands at a position is shown, with history around it. Rejects with an ApiError. */
  goTo(chatId: ChatId, position: number): Promise<void>;
  /** Back to the newest. */
  leaveDetour(chatId: ChatId): void;
  /** Lets go of much that lies behind who reads towards the older or newer. */
  narrow(chatId: ChatId, towards: 'older' | 'newer'): void;
  /** A message that another one answers is on screen and not held: asked for with its like. */
  wantReferred(chatId: ChatId, position: number): void;
  /** The thread in which something stands, by the position of its root; null: in none, or nobody knows. */
  threadAt(chatId: ChatId, position: number): Promise<number | null>;
  /** Asks for the pinned messages, once; later changes come by themselves. Rejects with an ApiError. */
  loadPins(chatId: ChatId): Promise<void>;
}

interface PagesDeps {
  readonly call: Call;
  readonly historyOf: (chatId: ChatId) => ChatHistory | undefined;
  readonly change: (chatId: ChatId, work: (history: ChatHistory) => ChatHistory) => void;
}

/** Asks for what of a chat is to be shown and is not held: pages, places far away, messages that others answer. */
export function createPages({ call, historyOf, change }: PagesDeps): Pages {
  const loadOlder = oneAtATime(askOlder);
  const loadNewer = oneAtATime(askNewer);

  const loadPins = oneAtATime(askPins);
  const wanted = new Map<ChatId, Set<number>>();

  return {
    loadOlder,
    loadNewer,
    goTo,
    leaveDetour: (chatId) => change(chatId, endDetour),
    narrow: (chatId, towards) => change(chatId, (history) => narrowed(history, towards)),
    wantReferred,
    threadAt,
    loadPins,
  };

  async function askOlder(chatId: ChatId): Promise<void> {
    const history = historyOf(chatId);
    if (!history || !shownOf(history).hasOlder) return;
    const { from } = shownOf(history);
    const page = await call(messageRoutes.listHistory, { params: { chatId }, query: { before: String(from) } });
    // A chat opened afresh meanwhile may begin elsewhere; a page that does not touch it would leave a hole.
    change(chatId, (current) => (shownOf(current).from === from ? applyOlderPage(current, page) : current));
  }

  async function askNewer(chatId: ChatId): Promise<void> {
    const detour = historyOf(chatId)?.detour;
    if (!detour) return;
    const query = { after: String(detour.until) };
    const page = await call(messageRoutes.listNewer, { params: { chatId }, query });
    change(chatId, (current) => applyNewerPage(current, page));
  }

  async function askPins(chatId: ChatId): Promise<void> {
    if (historyOf(chatId)?.pins !== null) return;
    const { messages } = await call(messageActRoutes.listPins, { params: { chatId } });
    change(chatId, (current) => applyPins(current, messages));
  }

  async function goTo(chatId: ChatId, position: number): Promise<void> {
    const history = historyOf(chatId);
    if (!history || isHeld(history, position)) return;
    if (history.detour && isHeld({ ...history, detour: null }, position)) return change(chatId, endDetour);
    const query = { position: String(position) };
    const stretch = await call(messageRoutes.listAround, { params: { chatId }, query });
    change(chatId, (current) => startDetour(current, stretch));
  }

  function wantReferred(chatId: ChatId, position: number): void {
    const positions = wanted.get(chatId);
    if (positions) return void positions.add(position);
    wanted.set(chatId, new Set([position]));
    // All rows of one rendering ask together.
    queueMicrotask(() => void askReferred(chatId));
  }

  async function threadAt(chatId: ChatId, position: number): Promise<number | null> {
    const history = historyOf(chatId);
    const known = history && messageAt(history, position);
    if (known) return known.thread ?? null;
    const body = { positions: [position] };
    const answer = await call(messageRoutes.listMessages, { params: { chatId }, body }).catch(() => undefined);
    return answer?.messages[0]?.thread ?? null;
  }

  /** What cannot be asked now is asked when it comes on screen again. */
  async function askReferred(chatId: ChatId): Promise<void> {
    const history = historyOf(chatId);
    const positions = [...(wanted.get(chatId) ?? [])];
    wanted.delete(chatId);
    const unknown = positions.filter((position) => history && messageAt(history, position) === undefined);
    const asked = unknown.slice(0, MESSAGES_PER_REQUEST_MAX);
    if (asked.length === 0) return;
    const answer = await call(messageRoutes.listMessages, {
      params: { chatId },
      body: { positions: asked },
    }).catch(() => undefined);
    if (answer) change(chatId, (current) => applyReferred(current, asked, answer.messages));
  }
}

/** What is asked again while it is under way is the same question. */
function oneAtATime(ask: (chatId: ChatId) => Promise<void>): (chatId: ChatId) => Promise<void> {
  const running = new Map<ChatId, Promise<void>>();
  return (chatId) => {
    const asked = running.get(chatId) ?? ask(chatId).finally(() => running.delete(chatId));
    running.set(chatId, asked);
    return asked;
  };
}

/** What the reader sees of the chat. */
function shownOf(history: ChatHistory): Pick<ChatHistory, 'from' | 'hasOlder' | 'messages'> {
  return history.detour ?? history;
}

/** Whether what is shown already covers a position. */
function isHeld({ detour, from, hasOlder }: ChatHistory, position: number): boolean {
  if (detour) return position >= detour.from && position <= detour.until;
  return position >= from || !hasOlder;
}
