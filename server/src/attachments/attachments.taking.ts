import { Readable } from 'node:stream';
import type { Attachment } from '@dialog/shared/attachments';
import type { AttachmentId, ChatId } from '@dialog/shared/contract/values';
import type { Caller } from '../platform/http/router.ts';
import type { Uploads } from '../platform/uploads/uploadServer.ts';
import type { Holds } from './attachments.holds.ts';
import type { AttachmentService } from './attachments.service.ts';

interface Deps {
  readonly uploadsOf: (caller: Caller) => Uploads;
  readonly holds: Pick<Holds, 'during'>;
  readonly attachments: Pick<AttachmentService, 'getAttachment'>;
}

interface TakenFile {
  readonly id: AttachmentId;
  readonly chatId: ChatId;
  readonly name: string;
  readonly bytes: Buffer;
}

export type TakeFile = (caller: Caller, file: TakenFile) => Promise<Attachment>;

/**
 * A file that the server itself got for somebody: in every respect, rights, limits, quota and looks, an upload of theirs
 * that happens to be here already. The same again answers the same.
 */
export function createTaking({ uploadsOf, holds, attachments }: Deps): TakeFile {
  return async (caller, { id, chatId, name, bytes }) => {
    const uploads = uploadsOf(caller);
    await uploads.begin({ size: bytes.length, metadata: { id, chatId, name } });
    await holds.during(id, async () => {
      const { received, size } = await uploads.find(id);
      if (received < size) await uploads.append(id, received, Readable.from([bytes.subarray(received)]));
    });
    await uploads.finish(id);
    const got = await attachments.getAttachment(caller, id);
    if (got.state === 'uploading') throw new Error('all of it was there');
    return got.attachment;
  };
}
