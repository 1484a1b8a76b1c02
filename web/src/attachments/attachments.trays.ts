import { type Attachment, ATTACHMENTS_PER_MESSAGE_MAX } from '@dialog/shared/attachments';
import type { AttachmentId } from '@dialog/shared/contract/values';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LocalFiles } from './attachments.files.ts';
import { describeFile, measure } from './describe.ts';

/** Where files are picked for a message: a chat, or a part of one. */
export type TrayPlace = string;

/** The files picked in each place and not sent yet, as long as the page lives. */
export interface Trays {
  readonly store: StoreApi<ReadonlyMap<TrayPlace, readonly Attachment[]>>;
  /** In their order, as many as fit into one message; answers how many did not. */
  add(place: TrayPlace, picked: readonly File[]): number;
  remove(place: TrayPlace, id: AttachmentId): void;
  /** They are sent. */
  empty(place: TrayPlace): void;
}

interface TraysDeps {
  readonly files: Pick<LocalFiles, 'hold' | 'letGo' | 'addresses'>;
  readonly newId: () => AttachmentId;
}

export function createTrays({ files, newId }: TraysDeps): Trays {
  const store = createStore<ReadonlyMap<TrayPlace, readonly Attachment[]>>(() => new Map());

  return {
    store,
    add(place, picked) {
      const room = ATTACHMENTS_PER_MESSAGE_MAX - inTray(place).length;
      const added = picked.slice(0, room).map((file) => {
        const attachment = describeFile(newId(), file);
        files.hold(attachment.id, file);
        return attachment;
      });
      put(place, [...inTray(place), ...added]);
      for (const attachment of added) void look(place, attachment);
      return picked.length - added.length;
    },
    remove(place, id) {
      put(
        place,
        inTray(place).filter((one) => one.id !== id),
      );
      files.letGo([id]);
    },
    empty: (place) => put(place, []),
  };

  async function look(place: TrayPlace, attachment: Attachment): Promise<void> {
    const address = files.addresses.getState().get(attachment.id);
    if (address === undefined) return;
    const measured = await measure(attachment, address);
    put(
      place,
      inTray(place).map((one) => (one.id === measured.id ? measured : one)),
    );
  }

  function inTray(place: TrayPlace): readonly Attachment[] {
    return store.getState().get(place) ?? [];
  }

  function put(place: TrayPlace, attachments: readonly Attachment[]): void {
    store.setState(new Map([...store.getState(), [place, attachments]]), true);
  }
}
