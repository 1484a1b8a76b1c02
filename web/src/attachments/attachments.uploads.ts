import { type Attachment, attachmentRoutes, type UploadMetadata, uploadPath } from '@dialog/shared/attachments';
import type { AttachmentId, ChatId } from '@dialog/shared/contract/values';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { ApiError, type Call } from '../platform/api.ts';
import type { LocalFiles } from './attachments.files.ts';
import type { Transfer } from './attachments.transfer.ts';
import { createPlaces } from './places.ts';
import { toBase64 } from './waveform.ts';

export interface Uploads {
  /** How much of each file on its way is there, from 0 to 1. */
  readonly progress: StoreApi<ReadonlyMap<AttachmentId, number>>;
  /** Brings what is not there yet to the server. Rejects with an ApiError, or with the signal's reason. */
  send(chatId: ChatId, attachments: readonly Attachment[], signal: AbortSignal): Promise<void>;
  /** Takes back from the server what no message holds. Without a network it goes by itself within a day. */
  discard(ids: readonly AttachmentId[]): void;
}

interface UploadsDeps {
  readonly files: Pick<LocalFiles, 'read'>;
  readonly call: Call;
  readonly transfer: Transfer;
}

/** Beside each other. More only share the same line, and none gets there. */
const AT_ONCE = 3;

/**
 * The ids are known beforehand, so that the server itself is the memory of how far a file got: each try asks it first
 * and sends what is missing. Nothing here has to survive a reload but the file.
 */
export function createUploads({ files, call, transfer }: UploadsDeps): Uploads {
  const progress = createStore<ReadonlyMap<AttachmentId, number>>(() => new Map());
  const places = createPlaces(AT_ONCE);

  return {
    progress,
    async send(chatId, attachments, signal) {
      const failing = new AbortController();
      const turn = AbortSignal.any([signal, failing.signal]);
      try {
        await Promise.all(attachments.map((attachment) => places.use(() => bring(chatId, attachment, turn), turn)));
      } catch (failure) {
        // The others can go on when it is tried again.
        failing.abort(failure);
        throw failure;
      }
    },
    discard(ids) {
      for (const id of ids) void fetch(uploadPath(id), { method: 'DELETE' }).catch(() => undefined);
    },
  };

  async function bring(chatId: ChatId, attachment: Attachment, signal: AbortSignal): Promise<void> {
    const { id } = attachment;
    const state = await stateOf(id);
    if (state === 'there') return;
    const blob = await files.read(id);
    if (!blob) throw new ApiError('attachment-not-found');
    signal.throwIfAborted();
    try {
      show(id, 0);
      const onProgress = (share: number): void => show(id, share);
      const isBegun = state === 'begun';
      await transfer({ blob, metadata: metadataOf(chatId, attachment), isBegun, onProgress, signal });
      // Who goes on at the very end has not heard what the server thinks of the file.
      if (isBegun && (await stateOf(id)) !== 'there') throw new ApiError('upload-moved');
    } finally {
      show(id, null);
    }
  }

  async function stateOf(attachmentId: AttachmentId): Promise<'new' | 'begun' | 'there'> {
    try {
      const { state } = await call(attachmentRoutes.getAttachment, { params: { attachmentId } });
      return state === 'uploading' ? 'begun' : 'there';
    } catch (failure) {
      if (failure instanceof ApiError && failure.code === 'attachment-not-found') return 'new';
      throw failure;
    }
  }

  function show(id: AttachmentId, share: number | null): void {
    const shares = new Map(progress.getState());
    if (share === null) shares.delete(id);
    else shares.set(id, share);
    progress.setState(shares, true);
  }
}

function metadataOf(chatId: ChatId, attachment: Attachment): UploadMetadata {
  const { id, kind, name, durationMs, waveform, width, height } = attachment;
  return {
    id,
    chatId,
    name,
    ...(kind === 'voice' ? { kind } : {}),
    ...(durationMs ? { durationMs: `${durationMs}` } : {}),
    ...(waveform ? { waveform: toBase64(waveform) } : {}),
    ...(kind === 'video' && width && height ? { width: `${width}`, height: `${height}` } : {}),
  };
}
