import type { RouteReply } from '@dialog/shared/contract/routes';
import type { ChatId } from '@dialog/shared/contract/values';
import { threadRoutes } from '@dialog/shared/messages.threads';
import type { MessageMark } from '@dialog/shared/messages';
import { ApiError, type Call } from '../platform/api.ts';
import {
  applyMarks,
  applyNewerPage,
  applyOlderPage,
  type ChatHistory,
  endDetour,
  startDetour,
} from './messages.store.ts';
import { changeThread, openThread, threadView } from './messages.threads.store.ts';

type Threads = RouteReply<typeof threadRoutes.listThreads>;

/** Moving about in the threads of a chat that is open. Each rejects with an ApiError. */
export interface ThreadPages {
  /** Holds the newest replies of a thread and keeps them level from then on. */
  open(chatId: ChatId, root: number): Promise<void>;
  loadOlder(chatId: ChatId, root: number): Promise<void>;
  /** One page of a detour towards the newest. */
  loadNewer(chatId: ChatId, root: number): Promise<void>;
  /** Sees to it that what stands at a position of an open thread is shown, with replies around it. */
  goTo(chatId: ChatId, root: number, position: number): Promise<void>;
  /** Back to the newest. */
  leaveDetour(chatId: ChatId, root: number): void;
  list(chatId: ChatId, page: { readonly before: number | undefined; readonly isFollowing: boolean }): Promise<Threads>;
  follow(chatId: ChatId, root: number, isOn: boolean): Promise<void>;
}

interface ThreadPagesDeps {
  readonly call: Call;
  readonly historyOf: (chatId: ChatId) => ChatHistory | undefined;
  readonly change: (chatId: ChatId, work: (history: ChatHistory) => ChatHistory) => void;
  readonly learnMarks: (marks: readonly MessageMark[]) => void;
}

/** A busy chat may overtake an answer; so often in a row only one that is too busy to be followed. */
const TRIES = 5;

export function createThreadPages({ call, historyOf, change, learnMarks }: ThreadPagesDeps): ThreadPages {
  const running = new Map<string, Promise<void>>();

  return {
    open: (chatId, root) => once(`open ${chatId} ${root}`, () => open(chatId, root)),
    loadOlder: (chatId, root) => once(`older ${chatId} ${root}`, () => loadOlder(chatId, root)),
    loadNewer: (chatId, root) => once(`newer ${chatId} ${root}`, () => loadNewer(chatId, root)),
    goTo,
    leaveDetour: (chatId, root) => changeIn(chatId, root, endDetour),
    list: (chatId, { before, isFollowing }) =>
      call(threadRoutes.listThreads, {
        params: { chatId },
        query: {
          ...(before === undefined ? {} : { before: String(before) }),
          ...(isFollowing ? { following: 'true' as const } : {}),
        },
      }),
    async follow(chatId, root, isOn) {
      const { mark } = await call(threadRoutes.followThread, { params: { chatId }, body: { root, isOn } });
      learnMarks([mark]);
    },
  };

  /** What is asked again while it is under way is the same question. */
  function once(question: string, ask: () => Promise<void>): Promise<void> {
    const asked = running.get(question) ?? ask().finally(() => running.delete(question));
    running.set(question, asked);
    return asked;
  }

  function changeIn(chatId: ChatId, root: number, work: (view: ChatHistory) => ChatHistory): void {
    change(chatId, (history) => changeThread(history, root, work));
  }

  async function open(chatId: ChatId, root: number): Promise<void> {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const history = historyOf(chatId);
      if (!history || history.threads.has(root)) return;
      // oxlint-disable-next-line no-await-in-loop -- again only when events were quicker
      const opened = await call(threadRoutes.listThread, {
        params: { chatId },
        query: { root: String(root) },
      });
      if (opened.revision < (historyOf(chatId)?.revision ?? 0)) continue;
      const marks = [...opened.stretch.marks, ...(opened.rootMark ? [opened.rootMark] : [])];
      return change(chatId, (current) => applyMarks(openThread(current, opened), marks));
    }
    throw new ApiError('busy');
  }

  async function loadOlder(chatId: ChatId, root: number): Promise<void> {
    const view = viewOf(chatId, root);
    const { from, hasOlder } = view?.detour ?? view ?? { from: 0, hasOlder: false };
    if (!hasOlder) return;
    const { stretch } = await call(threadRoutes.listThread, {
      params: { chatId },
      query: { root: String(root), before: String(from) },
    });
    // Opened afresh meanwhile it may begin elsewhere; a page that does not touch it would leave a hole.
    changeIn(chatId, root, (now) => ((now.detour ?? now).from === from ? applyOlderPage(now, stretch) : now));
  }

  async function loadNewer(chatId: ChatId, root: number): Promise<void> {
    const detour = viewOf(chatId, root)?.detour;
    if (!detour) return;
    const query = { root: String(root), after: String(detour.until) };
    const { stretch } = await call(threadRoutes.listThread, { params: { chatId }, query });
    changeIn(chatId, root, (now) => applyNewerPage(now, stretch));
  }

  async function goTo(chatId: ChatId, root: number, position: number): Promise<void> {
    const view = viewOf(chatId, root);
    if (!view || position === root) return;
    const { from, hasOlder, detour } = view;
    if (detour && position >= detour.from && position <= detour.until) return;
    if (position >= from || !hasOlder) return changeIn(chatId, root, endDetour);
    const query = { root: String(root), around: String(position) };
    const { stretch } = await call(threadRoutes.listThread, { params: { chatId }, query });
    changeIn(chatId, root, (now) => startDetour(now, stretch));
  }

  function viewOf(chatId: ChatId, root: number): ChatHistory | undefined {
    const history = historyOf(chatId);
    return history && threadView(history, root);
  }
}
