import type { Message } from '@dialog/shared/messages';
import type { Desk, DeskStore } from './messages.desk.ts';
import { indexAt, type ChatHistory, type Stretch } from './messages.store.ts';

/** The chat was cleared up to a position; a clearing never goes back. */
export function clearedUpTo(history: ChatHistory, position: number): ChatHistory {
  return position > history.clearedPosition ? withoutCleared({ ...history, clearedPosition: position }) : history;
}

/**
 * Lets go of what was cleared, wherever the history holds it. Whatever came is put through this: an answer may have been
 * given before the clearing, and others still act on what only this person has cleared.
 */
export function withoutCleared(history: ChatHistory): ChatHistory {
  const { clearedPosition: cleared, messages, from, hasOlder, detour, pins, referred, marks } = history;
  if (cleared === 0) return history;
  const left = {
    messages: after(messages, cleared),
    hasOlder: hasOlder && from > cleared,
    detour: detour && detourAfter(detour, cleared),
    pins: pins && (pins.some(({ position }) => position <= cleared) ? pins.filter(standsAfter(cleared)) : pins),
    referred: hasAny(referred, cleared)
      ? new Map([...referred].map(([position, message]) => [position, position > cleared ? message : null] as const))
      : referred,
    marks: [...marks.keys()].some((position) => position <= cleared)
      ? new Map([...marks].filter(([position]) => position > cleared))
      : marks,
  };
  const isSame =
    left.messages === messages &&
    left.hasOlder === hasOlder &&
    left.detour === detour &&
    left.pins === pins &&
    left.referred === referred &&
    left.marks === marks;
  return isSame ? history : { ...history, ...left };
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

/** Where something still stands that was cleared. */
function hasAny(referred: ChatHistory['referred'], cleared: number): boolean {
  return [...referred].some(([position, message]) => message !== null && position <= cleared);
}

/** Nobody goes on answering, editing, picking or looking at what was cleared. */
export function clearDesk(desk: DeskStore, cleared: number): void {
  const stands = standsAfter(cleared);
  const { task, selected, menu, dialog } = desk.getState();
  const about = task.kind === 'reply' ? task.to : task.kind === 'edit' ? task.message : undefined;
  const left = selected && new Map([...selected].filter(([, message]) => stands(message)));
  desk.setState({
    task: about && !stands(about) ? { kind: 'new' } : task,
    selected: left?.size === 0 ? null : left,
    menu: menu && stands(menu.message) ? menu : null,
    dialog: dialog && messagesOf(dialog).every(stands) ? dialog : null,
  });
}

function messagesOf(dialog: NonNullable<Desk['dialog']>): readonly Message[] {
  if ('messages' in dialog) return dialog.messages;
  return 'message' in dialog ? [dialog.message] : [];
}
