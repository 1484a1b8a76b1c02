import { type Attachment, ATTACHMENTS_PER_MESSAGE_MAX } from '@dialog/shared/attachments';
import type { AttachmentId, ChatId } from '@dialog/shared/contract/values';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LocalFiles } from './attachments.files.ts';
import { describeFile, measure } from './describe.ts';

/** The files picked in each chat and not sent yet, as long as the page lives. */
export interface Trays {
  readonly store: StoreApi<ReadonlyMap<ChatId, readonly Attachment[]>>;
  /** In their order, as many as fit into one message; answers how many did not. */
  add(chatId: ChatId, picked: readonly File[]): number;
  remove(chatId: ChatId, id: AttachmentId): void;
  /** They are sent. */
  empty(chatId: ChatId): void;
}

interface TraysDeps {
  readonly files: Pick<LocalFiles, 'hold' | 'letGo' | 'addresses'>;
  readonly newId: () => AttachmentId;
}

export function createTrays({ files, newId }: TraysDeps): Trays {
  const store = createStore<ReadonlyMap<ChatId, readonly Attachment[]>>(() => new Map());

  return {
    store,
    add(chatId, picked) {
      const room = ATTACHMENTS_PER_MESSAGE_MAX - inTray(chatId).length;
      const added = picked.slice(0, room).map((file) => {
        const attachment = describeFile(newId(), file);
        files.hold(attachment.id, file);
        return attachment;
      });
      put(chatId, [...inTray(chatId), ...added]);
      for (const attachment of added) void look(chatId, attachment);
      return picked.length - added.length;
    },
    remove(chatId, id) {
      put(
        chatId,
        inTray(chatId).filter((one) => one.id !== id),
      );
      files.letGo([id]);
    },
    empty: (chatId) => put(chatId, []),
  };

  async function look(chatId: ChatId, attachment: Attachment): Promise<void> {
    const address = files.addresses.getState().get(attachment.id);
    if (address === undefined) return;
    const measured = await measure(attachment, address);
    put(
      chatId,
      inTray(chatId).map((one) => (one.id === measured.id ? measured : one)),
    );
  }

  function inTray(chatId: ChatId): readonly Attachment[] {
    return store.getState().get(chatId) ?? [];
  }

  function put(chatId: ChatId, attachments: readonly Attachment[]): void {
    store.setState(new Map([...store.getState(), [chatId, attachments]]), true);
  }
}
