import type { Message, MessageMark } from '@dialog/shared/messages';
import type { HistoryPage, ChatHistory } from './messages.store.ts';
import { advanced, findAt, type Held, type Stretch } from './messages.stretch.ts';

/** What is held of one thread of an open chat, as of that chat's revision. */
export interface ThreadWindow extends Held {
  readonly root: Message;
}

/** Threads that a chat keeps level; the one opened first makes room (R12). */
const KEPT_THREADS = 4;

/** A thread as the server opened it, at its newest replies. */
export function openThread(
  history: ChatHistory,
  { root, stretch }: { readonly root: Message; readonly stretch: Stretch & Pick<HistoryPage, 'marks'> },
): ChatHistory {
  const { from, hasOlder, messages } = stretch;
  const others = [...history.threads].filter(([position]) => position !== root.position);
  const kept = others.slice(1 - KEPT_THREADS);
  const window: ThreadWindow = { root, from, hasOlder, messages, detour: null };
  return { ...history, threads: new Map([...kept, [root.position, window]]) };
}

/** What changed in the chat, for each of its threads that are held. */
export function advanceThreads(threads: ChatHistory['threads'], changed: readonly Message[]): ChatHistory['threads'] {
  let next = threads;
  for (const [position, window] of threads) {
    const root = changed.find((message) => message.position === position && message.revision > window.root.revision);
    const replies = changed.filter(({ thread }) => thread === position);
    if (!root && replies.length === 0) continue;
    next = new Map(next).set(position, { ...advanced(window, replies), root: root ?? window.root });
  }
  return next;
}

/** What stands at a position, as a root or a reply. */
export function heldInThreads(threads: ChatHistory['threads'], position: number): Message | undefined {
  for (const { root, messages, detour } of threads.values()) {
    const found =
      root.position === position ? root : (findAt(messages, position) ?? findAt(detour?.messages ?? [], position));
    if (found) return found;
  }
  return undefined;
}

/** A thread as if it were a conversation of its own; what is asked of that can be asked of it. */
export function threadView(history: ChatHistory, position: number): ChatHistory | undefined {
  const window = history.threads.get(position);
  if (!window) return undefined;
  const { from, hasOlder, messages, detour } = window;
  return { ...history, thread: position, from, hasOlder, messages, detour };
}

/** Does to a thread what can be done to a conversation. */
export function changeThread(
  history: ChatHistory,
  position: number,
  work: (view: ChatHistory) => ChatHistory,
): ChatHistory {
  const [window, view] = [history.threads.get(position), threadView(history, position)];
  const changed = view && work(view);
  if (!window || !changed || changed === view) return history;
  const { from, hasOlder, messages, detour, marks } = changed;
  const next: ThreadWindow = { ...window, from, hasOlder, messages, detour };
  return { ...history, marks, threads: new Map(history.threads).set(position, next) };
}

/** As it is read: the root first, where nothing stands between it and the replies. */
export function shownThread(view: ChatHistory, root: Message): ChatHistory {
  const headed = (held: Pick<Held, 'hasOlder' | 'messages'>): readonly Message[] =>
    held.hasOlder ? held.messages : [root, ...held.messages];
  const { detour } = view;
  return { ...view, messages: headed(view), detour: detour && { ...detour, messages: headed(detour) } };
}

/** Whether there is something in the thread of a message for who follows it. */
export function hasNews({ replies }: Message, mark: MessageMark | null | undefined, me: string): boolean {
  if (!replies || !mark?.thread?.isFollowing) return false;
  return replies.lastPosition > mark.thread.readPosition && replies.writers[0] !== me;
}
