import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import type { ScheduledMessage } from '@dialog/shared/messages.scheduled';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Point } from '../ui/ContextMenu.tsx';
import { placeOf, type WritingPlace } from './writingPlace.ts';

/** What the composer is for. An edit has words of its own: the chat's draft waits. */
export type Task =
  | { readonly kind: 'new' }
  | { readonly kind: 'reply'; readonly to: Message }
  | { readonly kind: 'edit'; readonly message: Message; readonly text: string };

/** Where a menu opens. */
export type MenuPlace = HTMLElement | (Point & { readonly isHeld: boolean });

/** What is asked or shown above the conversation. */
export type DeskDialog =
  | { readonly kind: 'delete'; readonly messages: readonly Message[] }
  | { readonly kind: 'forward'; readonly messages: readonly Message[] }
  | { readonly kind: 'details'; readonly message: Message }
  | { readonly kind: 'react'; readonly message: Message }
  | { readonly kind: 'schedule'; readonly words: Pick<ScheduledMessage, 'text' | 'replyTo' | 'attachments'> }
  | { readonly kind: 'scheduled' }
  | { readonly kind: 'poll' }
  | { readonly kind: 'voters'; readonly message: Message }
  | { readonly kind: 'date' }
  | { readonly kind: 'pins' };

/** What somebody is doing in one chat, beside writing. */
export interface Desk {
  readonly task: Task;
  /** Picked out for one act on all of them; null while nobody picks. */
  readonly selected: ReadonlyMap<MessageId, Message> | null;
  /** A place that was jumped to, and the how-manieth jump it is; pending until the list has brought it into view. */
  readonly jump: { readonly position: number; readonly count: number; readonly isPending: boolean } | null;
  readonly menu: { readonly message: Message; readonly place: MenuPlace } | null;
  readonly dialog: DeskDialog | null;
}

export type DeskStore = StoreApi<Desk>;

const CLEAR: Desk = { task: { kind: 'new' }, selected: null, jump: null, menu: null, dialog: null };

/** One desk per chat, and one per thread, as long as the page lives. */
export function createDesks(): { of(chatId: ChatId, thread?: number): DeskStore } {
  const desks = new Map<WritingPlace, DeskStore>();
  return {
    of(chatId, thread) {
      const place = placeOf(chatId, thread ?? null);
      const desk = desks.get(place) ?? createStore<Desk>(() => CLEAR);
      desks.set(place, desk);
      return desk;
    },
  };
}

export function toggleSelected(desk: DeskStore, message: Message): void {
  const selected = new Map(desk.getState().selected);
  if (!selected.delete(message.id)) selected.set(message.id, message);
  desk.setState({ selected });
}

/** The picked messages in their order. */
export function inOrderOfPlace(messages: Iterable<Message>): readonly Message[] {
  return [...messages].toSorted((a, b) => a.position - b.position);
}

export function jumpedTo(desk: DeskStore, position: number): void {
  desk.setState(({ jump }) => ({ jump: { position, count: (jump?.count ?? 0) + 1, isPending: true } }));
}

export function jumpDone(desk: DeskStore): void {
  desk.setState(({ jump }) => ({ jump: jump && { ...jump, isPending: false } }));
}
