import type { Message } from '@dialog/shared/messages';
import type { Desk, DeskStore } from './messages.desk.ts';
import type { ChatHistory } from './messages.store.ts';
import { indexAt, type Stretch } from './messages.stretch.ts';

/** The chat was cleared up to a position; a clearing never goes back. */
export function clearedUpTo(history: ChatHistory, position: number): ChatHistory {
  return position > history.clearedPosition ? withoutCleared({ ...history, clearedPosition: position }) : history;
}

/**
 * Lets go of what was cleared, wherever the history holds it. Whatever came is put through this: an answer may have been
 * given before the clearing, and others still act on what only this person has cleared.
 */
export function withoutCleared(history: ChatHistory): ChatHistory {
  const { clearedPosition: cleared, messages, from, hasOlder, detour, pins, referred, marks, threads } = history;
  if (cleared === 0) return history;
  const left: ChatHistory = {
    ...history,
    messages: after(messages, cleared),
    hasOlder: hasOlder && from > cleared,
    detour: detour && detourAfter(detour, cleared),
    pins: pins && pinsAfter(pins, cleared),
    referred: referredAfter(referred, cleared),
    marks: marksAfter(marks, cleared),
    threads: threadsAfter(threads, cleared),
  };
  return isSame(history, left) ? history : left;
}

/** Then nobody has to render anything. */
function isSame(one: ChatHistory, other: ChatHistory): boolean {
  const before = new Map<string, unknown>(Object.entries(one));
  return Object.entries(other).every(([part, value]) => before.get(part) === value);
}

function after(messages: readonly Message[], cleared: number): readonly Message[] {
  const first = indexAt(messages, cleared + 1);
  return first === 0 ? messages : messages.slice(first);
}

function detourAfter(detour: Stretch, cleared: number): Stretch | null {
  if (detour.until <= cleared) return null;
  const messages = after(detour.messages, cleared);
  const hasOlder = detour.hasOlder && detour.from > cleared;
  return messages === detour.messages && hasOlder === detour.hasOlder ? detour : { ...detour, messages, hasOlder };
}

function standsAfter(cleared: number): (message: Message) => boolean {
  return ({ position }) => position > cleared;
}

function pinsAfter(pins: readonly Message[], cleared: number): readonly Message[] {
  return pins.some(({ position }) => position <= cleared) ? pins.filter(standsAfter(cleared)) : pins;
}

/** It is known that nothing stands there any more. */
function referredAfter(referred: ChatHistory['referred'], cleared: number): ChatHistory['referred'] {
  if (![...referred].some(([position, message]) => message !== null && position <= cleared)) return referred;
  return new Map([...referred].map(([position, message]) => [position, position > cleared ? message : null] as const));
}

function marksAfter(marks: ChatHistory['marks'], cleared: number): ChatHistory['marks'] {
  if (![...marks.keys()].some((position) => position <= cleared)) return marks;
  return new Map([...marks].filter(([position]) => position > cleared));
}

/** With its root a thread is gone: nothing in it is older. */
function threadsAfter(threads: ChatHistory['threads'], cleared: number): ChatHistory['threads'] {
  if (![...threads.keys()].some((root) => root <= cleared)) return threads;
  return new Map([...threads].filter(([root]) => root > cleared));
}

/** Nobody goes on answering, editing, picking or looking at what was cleared. */
export function clearDesk(desk: DeskStore, cleared: number): void {
  const stands = standsAfter(cleared);
  const { task, selected, menu, dialog } = desk.getState();
  const picked = [...(selected ?? [])].filter(([, message]) => stands(message));
  desk.setState({
    task: messagesOf(task).every(stands) ? task : { kind: 'new' },
    selected: picked.length > 0 ? new Map(picked) : null,
    menu: menu && stands(menu.message) ? menu : null,
    dialog: dialog && messagesOf(dialog).every(stands) ? dialog : null,
  });
}

function messagesOf(about: NonNullable<Desk['dialog']> | Desk['task']): readonly Message[] {
  if ('messages' in about) return about.messages;
  if ('message' in about) return [about.message];
  return about.kind === 'reply' ? [about.to] : [];
}
