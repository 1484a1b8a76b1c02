import type { MediaFilter, SentAttachment } from '@dialog/shared/attachments';
import type { AttachmentId, ChatId } from '@dialog/shared/contract/values';
import type { StoreApi } from 'zustand/vanilla';
import type { ApiErrorCode } from '../platform/api.ts';

/** A chat's files of one sort, as far as they were asked for. */
export interface MediaList {
  /** The newest message first; those of one message in their order. */
  readonly items: readonly SentAttachment[];
  readonly state: 'loading' | 'ready' | ApiErrorCode;
  readonly hasMore: boolean;
}

export type MediaListStore = StoreApi<ReadonlyMap<string, MediaList>>;

export interface MediaLists {
  readonly store: MediaListStore;
  /** The newest page again: what came since is in it. */
  refresh(chatId: ChatId, filter: MediaFilter): Promise<void>;
  loadMore(chatId: ChatId, filter: MediaFilter): Promise<void>;
  /** What messages up to a position held is gone. */
  clear(chatId: ChatId, position: number): void;
  /** Page by page until this one is in it, within reason. */
  reach(chatId: ChatId, filter: MediaFilter, id: AttachmentId): Promise<void>;
}

export function keyOf(chatId: ChatId, filter: MediaFilter): string {
  return `${chatId} ${filter}`;
}
