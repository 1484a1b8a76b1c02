import { arrangingRoutes } from '@dialog/shared/chats.arranging';
import type { ChatPlace } from '@dialog/shared/chats.values';
import type { RouteRequest } from '@dialog/shared/contract/routes';
import { type ChatId, FolderId } from '@dialog/shared/contract/values';
import { messageRoutes } from '@dialog/shared/messages';
import { uuidv7 } from 'uuidv7';
import type { Call } from '../platform/api.ts';
import { arranged, pinnedAround } from './chats.arranging.store.ts';
import type { ChatSync } from './chats.sync.ts';

type Wanted = RouteRequest<typeof arrangingRoutes.arrangeChat>['body'];
export type FolderChange = RouteRequest<typeof arrangingRoutes.changeFolder>['body'];

/** How a person keeps their list. Each is seen at once, and undone when it rejects with an ApiError. */
export interface ArrangingActions {
  pin(chatId: ChatId, isPinned: boolean): Promise<void>;
  /** Among the pinned ones. */
  movePin(chatId: ChatId, by: 1 | -1): Promise<void>;
  archive(chatId: ChatId, isArchived: boolean): Promise<void>;
  mute(chatId: ChatId, until: string | null): Promise<void>;
  setLevel(chatId: ChatId, level: ChatPlace['level']): Promise<void>;
  markUnread(chatId: ChatId, isMarkedUnread: boolean): Promise<void>;
  /** All of it, and the mark too. */
  markRead(chatId: ChatId): Promise<void>;
  openNotes(): Promise<ChatId>;
  createFolder(folder: { id: FolderId; name: string; chatIds: readonly ChatId[] }): Promise<void>;
  changeFolder(folderId: FolderId, change: FolderChange): Promise<void>;
  removeFolder(folderId: FolderId): Promise<void>;
}

export function newFolderId(): FolderId {
  return FolderId.parse(uuidv7());
}

export function createArrangingActions(call: Call, sync: ChatSync): ArrangingActions {
  async function arrange(chatId: ChatId, wanted: Wanted, guess: Partial<ChatPlace>): Promise<void> {
    const undo = sync.guessPlace(chatId, guess);
    try {
      sync.learnPerson(await call(arrangingRoutes.arrangeChat, { params: { chatId }, body: wanted }));
    } catch (failure) {
      undo();
      throw failure;
    }
  }

  /** Above all who are pinned. */
  function topOrder(): number {
    const orders = [...sync.store.getState().list.chats.values()].flatMap(
      ({ summary }) => summary.place.pinOrder ?? [],
    );
    return Math.min(1, ...orders) - 1;
  }

  return {
    pin: (chatId, isPinned) =>
      isPinned
        ? arrange(chatId, { pin: { below: null } }, { pinOrder: topOrder() })
        : arrange(chatId, { pin: null }, { pinOrder: null }),
    movePin(chatId, by) {
      const { above, below } = pinnedAround(arranged(sync.store.getState().list, Date.now()), chatId);
      return arrange(chatId, { pin: { below: (by === 1 ? below[0] : above.at(-2)) ?? null } }, {});
    },
    archive(chatId, isArchived) {
      const archivedAt = isArchived ? (sync.store.getState().list.chats.get(chatId)?.summary.revision ?? 0) : null;
      return arrange(chatId, { archivedAt }, { archivedAt });
    },
    mute: (chatId, mutedUntil) => arrange(chatId, { mutedUntil }, { mutedUntil }),
    setLevel: (chatId, level) => arrange(chatId, { level }, { level }),
    markUnread: (chatId, isMarkedUnread) => arrange(chatId, { isMarkedUnread }, { isMarkedUnread }),
    async markRead(chatId) {
      const summary = sync.store.getState().list.chats.get(chatId)?.summary;
      if (summary?.place.isMarkedUnread) await arrange(chatId, { isMarkedUnread: false }, { isMarkedUnread: false });
      const position = summary?.lastMessage?.position ?? 0;
      if (position > (summary?.readPosition ?? 0))
        sync.learnRead(chatId, await call(messageRoutes.markRead, { params: { chatId }, body: { position } }));
    },
    async openNotes() {
      const summary = await call(arrangingRoutes.openNotes, {});
      sync.learnSummary(summary);
      return summary.chat.id;
    },
    async createFolder({ id, name, chatIds }) {
      sync.learnPerson(await call(arrangingRoutes.createFolder, { body: { id, name, chatIds: [...chatIds] } }));
    },
    async changeFolder(folderId, change) {
      sync.learnPerson(await call(arrangingRoutes.changeFolder, { params: { folderId }, body: change }));
    },
    async removeFolder(folderId) {
      sync.learnPerson(await call(arrangingRoutes.removeFolder, { params: { folderId } }));
    },
  };
}
