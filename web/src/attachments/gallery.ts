import type { SentAttachment } from '@dialog/shared/attachments';
import type { AttachmentId, ChatId } from '@dialog/shared/contract/values';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MediaLists } from './mediaLists.ts';

/** What is looked at over the whole page; null when nothing is. */
export type GalleryState = {
  readonly chatId: ChatId;
  readonly currentId: AttachmentId;
  /** Where one came from: shown until the chat's list reaches it. */
  readonly own: readonly SentAttachment[];
} | null;

export interface Gallery {
  readonly store: StoreApi<GalleryState>;
  open(chatId: ChatId, currentId: AttachmentId, own: readonly SentAttachment[]): void;
  show(currentId: AttachmentId): void;
  close(): void;
}

export function createGallery(lists: MediaLists): Gallery {
  const store = createStore<GalleryState>(() => null);
  return {
    store,
    open(chatId, currentId, own) {
      store.setState({ chatId, currentId, own: own.filter(isSeen) }, true);
      void lists.reach(chatId, 'media', currentId);
    },
    show: (currentId) => store.setState((state) => state && { ...state, currentId }),
    close: () => store.setState(null, true),
  };
}

function isSeen({ attachment: { kind } }: SentAttachment): boolean {
  return kind === 'picture' || kind === 'video';
}

/** Ids are made in the order of picking: it is the order within a message. */
function inOrderSent(one: SentAttachment, other: SentAttachment): number {
  return one.position - other.position || (one.attachment.id < other.attachment.id ? -1 : 1);
}

/** What arrows lead through, the oldest first. */
export function galleryItems(
  state: NonNullable<GalleryState>,
  listed: readonly SentAttachment[],
): readonly SentAttachment[] {
  const isReached = listed.some(({ attachment }) => attachment.id === state.currentId);
  return isReached ? listed.toSorted(inOrderSent) : state.own;
}
