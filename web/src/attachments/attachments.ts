import type { Attachment } from '@dialog/shared/attachments';
import { AttachmentId, type UserId } from '@dialog/shared/contract/values';
import { V7Generator } from 'uuidv7';
import { ApiError, type Call } from '../platform/api.ts';
import type { Storage } from '../platform/storage.ts';
import { createLocalFiles, type LocalFiles } from './attachments.files.ts';
import type { Transfer } from './attachments.transfer.ts';
import { createGallery, type Gallery } from './gallery.ts';
import { createMediaLists } from './mediaLists.store.ts';
import type { MediaLists } from './mediaLists.ts';
import { createPlayer, type Player } from './player.ts';
import { createTrays, type Trays } from './attachments.trays.ts';
import { createUploads, type Uploads } from './attachments.uploads.ts';

/** Everything about files of one signed-in person. */
export interface Attachments {
  readonly me: UserId;
  readonly call: Call;
  readonly files: LocalFiles;
  readonly uploads: Uploads;
  readonly trays: Trays;
  readonly lists: MediaLists;
  readonly gallery: Gallery;
  readonly player: Player;
  readonly newId: () => AttachmentId;
  /** For the outbox: a message waits together with its files. Durable when it resolves. */
  keep(attachments: readonly Attachment[]): Promise<void>;
  /** The message with them is posted, or was given up. */
  drop(attachments: readonly Attachment[], why: 'posted' | 'removed'): void;
  stop(): void;
}

interface AttachmentsDeps {
  readonly me: UserId;
  readonly call: Call;
  readonly storage: Storage;
}

export function createAttachments({ me, call, storage }: AttachmentsDeps): Attachments {
  const ids = new V7Generator();
  const newId = (): AttachmentId => AttachmentId.parse(ids.generate().toString());
  const files = createLocalFiles(storage);
  const uploads = createUploads({ files, call, transfer });
  const lists = createMediaLists(call);
  const player = createPlayer({ storage, localAddress: (id) => files.addresses.getState().get(id) });
  return {
    me,
    call,
    files,
    uploads,
    trays: createTrays({ files, newId }),
    lists,
    gallery: createGallery(lists),
    player,
    newId,
    keep: (attachments) => files.keep(attachments.map(({ id }) => id)),
    drop(attachments, why) {
      const gone = attachments.map(({ id }) => id);
      files.letGo(gone);
      if (why === 'removed') uploads.discard(gone);
    },
    stop: player.close,
  };
}

/** Its code comes with the first file that is sent. */
const transfer: Transfer = async (file) => {
  const { transferByTus } = await import('./attachments.transfer.ts').catch((cause: unknown) => {
    throw new ApiError('offline', { cause });
  });
  return transferByTus(file);
};
