import { AttachmentId, type ChatId, MessageId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import { type FocusEvent, type KeyboardEvent, type MouseEvent, type PointerEvent, useRef } from 'react';
import { useSummary } from '../chats/useChats.ts';
import { useAttachments } from '../attachments/useAttachments.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { toast } from '../ui/toast.ts';
import { type MenuPlace, toggleSelected } from './messages.desk.ts';
import type { Row } from './rows.ts';
import { useDesk } from './useDesk.ts';
import { useMessages } from './useMessages.ts';
import { useThread } from './useThread.ts';

interface ActsInput {
  readonly chatId: ChatId;
  readonly rows: readonly Row[];
}

interface Heard {
  readonly element: HTMLElement;
  readonly message: Message | undefined;
}

const LONG_PRESS_MS = 450;
const STEPS: ReadonlyMap<string, 1 | -1> = new Map([
  ['ArrowUp', -1],
  ['ArrowDown', 1],
]);

/**
 * Hears presses and keys for all rows of the list at once: a row only says what it is (`data-message`) and what a part
 * of it does (`data-act`).
 */
export function useMessageActs({ chatId, rows }: ActsInput) {
  const { actions, jumpTo, outbox, showThread } = useMessages();
  const isInThread = useThread() !== null;
  const isGroup = useSummary(chatId)?.chat.kind === 'group';
  const { gallery } = useAttachments();
  const desk = useDesk();
  const errorText = useErrorText();
  const pressing = useRef<ReturnType<typeof setTimeout>>(undefined);

  const complain = (failure: unknown): void => toast(errorText(failure), { kind: 'danger' });

  function hear(target: EventTarget): Heard | undefined {
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-message]') : null;
    if (!element) return undefined;
    const row = rows.find(({ key }) => key === element.dataset['message']);
    return { element, message: (row?.kind === 'text' && row.message) || undefined };
  }

  function markOf(message: Message): readonly string[] {
    const row = rows.find(({ key }) => key === message.id);
    return (row?.kind === 'text' && row.mark?.reactions) || [];
  }

  function openMenu(message: Message | undefined, place: MenuPlace): void {
    if (message) desk.setState({ menu: { message, place } });
  }

  function answer(message: Message): void {
    if (isSaid(message)) desk.setState({ task: { kind: 'reply', to: message } });
  }

  function view({ content, senderId, position, postedAt }: Message, id: AttachmentId): void {
    const attachments = (content.kind === 'text' && content.attachments) || [];
    const own = attachments.map((attachment) => ({ attachment, senderId, position, sentAt: postedAt }));
    gallery.open(chatId, id, own);
  }

  function act(part: HTMLElement, { element, message }: Partial<Heard>): void {
    const { act: what, position } = part.dataset;
    if (what === 'jump') void jumpTo(chatId, Number(position)).catch(complain);
    if (what === 'withdraw') void outbox.remove(MessageId.parse(element?.dataset['message']));
    if (what === 'date' && !isInThread) desk.setState({ dialog: { kind: 'date' } });
    if (message) actOn(message, part);
  }

  function actOn(message: Message, part: HTMLElement): void {
    const { act: what, emoji } = part.dataset;
    if (what === 'menu') openMenu(message, part);
    if (what === 'view') view(message, AttachmentId.parse(part.dataset['attachment']));
    if (what === 'reply') answer(message);
    if (what === 'thread') showThread(chatId, message.position);
    if (what === 'react' && emoji !== undefined)
      void actions.react(message, emoji, !markOf(message).includes(emoji)).catch(complain);
  }

  function onClick(event: MouseEvent): void {
    if (!(event.target instanceof Element)) return;
    const heard: Partial<Heard> = hear(event.target) ?? {};
    if (desk.getState().selected !== null && heard.message) return toggleSelected(desk, heard.message);
    const part = event.target.closest<HTMLElement>('[data-act]');
    if (part) act(part, heard);
  }

  function onContextMenu(event: MouseEvent): void {
    const { message } = hear(event.target) ?? {};
    // A link or a marked word has a menu of its own, which the browser knows better.
    const isOwnMenu = event.target instanceof Element && event.target.closest('a, img, video') !== null;
    if (!message || isOwnMenu || getSelection()?.isCollapsed === false) return;
    event.preventDefault();
    const { nativeEvent, clientX: x, clientY: y } = event;
    const isHeld = nativeEvent instanceof globalThis.PointerEvent && nativeEvent.pointerType === 'touch';
    openMenu(message, { x, y, isHeld });
  }

  /** Not every touch screen tells of a long press by itself. */
  function onPointerDown(event: PointerEvent): void {
    clearTimeout(pressing.current);
    if (event.pointerType !== 'touch') return;
    const { message } = hear(event.target) ?? {};
    const place = { x: event.clientX, y: event.clientY, isHeld: true };
    pressing.current = setTimeout(() => openMenu(message, place), LONG_PRESS_MS);
  }

  function endPress(): void {
    clearTimeout(pressing.current);
  }

  function onDoubleClick(event: MouseEvent): void {
    const { message } = hear(event.target) ?? {};
    const isWord = event.target instanceof Element && event.target.closest('[dir="auto"], button, a') !== null;
    if (message && !isWord) answer(message);
  }

  /** From row to row by arrows; what can be done with one by Enter. */
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (hasModifier(event)) return;
    const heard = hear(event.target);
    const isOnRow = event.target === heard?.element;
    // Fields and buttons inside of a row have their keys to themselves.
    if (!isOnRow && event.target !== event.currentTarget) return;
    const step = STEPS.get(event.key);
    const run = step
      ? () => focusRow(event.currentTarget, heard?.element, step)
      : heard?.message && keysOf(heard.message, heard.element)[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  }

  function keysOf(message: Message, element: HTMLElement): Readonly<Record<string, () => void>> {
    const isPicking = desk.getState().selected !== null;
    return {
      Enter: () => openMenu(message, element),
      ContextMenu: () => openMenu(message, element),
      ' ': () => (isPicking ? toggleSelected(desk, message) : openMenu(message, element)),
      Delete: () => desk.setState({ dialog: { kind: 'delete', messages: [message] } }),
      r: () => answer(message),
      ...(isGroup && !isInThread && isSaid(message) ? { t: () => showThread(chatId, message.position) } : {}),
    };
  }

  return {
    onClick,
    onContextMenu,
    onDoubleClick,
    onFocus: ({ target, currentTarget }: FocusEvent<HTMLElement>) => beTabStop(target, currentTarget),
    onKeyDown,
    onPointerDown,
    onPointerUp: endPress,
    onPointerCancel: endPress,
    onPointerMove: endPress,
  };
}

/** A menu or dialog gives the focus back only to what can be tabbed to, else to a button inside of it. */
function beTabStop(row: HTMLElement, list: HTMLElement): void {
  if (row.dataset['message'] === undefined) return;
  for (const other of list.querySelectorAll<HTMLElement>('[data-message][tabindex="0"]')) other.tabIndex = -1;
  row.tabIndex = 0;
}

function isSaid({ content }: Message): boolean {
  return content.kind === 'text' || content.kind === 'poll';
}

function hasModifier({ altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return altKey || ctrlKey || metaKey;
}

/** The row above or below; from the list itself the last one that is seen. */
function focusRow(list: HTMLElement, from: HTMLElement | undefined, step: 1 | -1): void {
  const rows = [...list.querySelectorAll<HTMLElement>('[data-message]')];
  const seen = rows.filter((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    const view = list.getBoundingClientRect();
    return bottom > view.top && top < view.bottom;
  });
  const next = from ? rows[rows.indexOf(from) + step] : seen.at(-1);
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'nearest' });
}
