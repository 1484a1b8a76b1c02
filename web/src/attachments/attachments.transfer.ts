import { UPLOADS_PATH, type UploadMetadata, uploadPath } from '@dialog/shared/attachments';
import { ErrorReply } from '@dialog/shared/contract/errorReply';
import { type DetailedError, Upload } from 'tus-js-client';
import * as z from 'zod/mini';
import { ApiError } from '../platform/api.ts';

interface Transferred {
  readonly blob: Blob;
  readonly metadata: UploadMetadata;
  /** The server has some of it: ask how far it got, and go on from there. */
  readonly isBegun: boolean;
  /** From 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/** Brings the bytes of one file to the server. Rejects with an ApiError, or with the signal's reason. */
export type Transfer = (file: Transferred) => Promise<void>;

/** A proxy may hold back a request until it is whole; after a cut no more than this has to be sent again through one. */
const CHUNK_BYTES = 16 * 1024 * 1024;
/** A dead link does not always say so. The last answer takes the longest: the server looks at the whole file. */
const STALLED_MS = 60_000;

/** By the tus protocol, one try; who calls tries again. */
export const transferByTus: Transfer = async ({ blob, metadata, isBegun, onProgress, signal }) => {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const upload = new Upload(blob, {
      endpoint: UPLOADS_PATH,
      ...(isBegun ? { uploadUrl: uploadPath(metadata.id) } : {}),
      metadata: Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, `${value}`])),
      chunkSize: CHUNK_BYTES,
      retryDelays: null,
      storeFingerprintForResuming: false,
      onProgress(sent, total) {
        watch();
        onProgress(total === 0 ? 1 : sent / total);
      },
      onSuccess: () => end(resolve),
      onError: (failure) => end(() => reject(apiErrorOf(failure))),
    });
    let timer: ReturnType<typeof setTimeout>;
    const stop = (): void => {
      void upload.abort();
      end(() => reject(signal.reason));
    };
    signal.addEventListener('abort', stop, { once: true });
    watch();
    upload.start();

    function watch(): void {
      clearTimeout(timer);
      timer = setTimeout(() => {
        void upload.abort();
        end(() => reject(new ApiError('timeout')));
      }, STALLED_MS);
    }

    function end(settle: () => void): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      settle();
    }
  });
};

function apiErrorOf(failure: Error | DetailedError): ApiError {
  const response = 'originalResponse' in failure ? failure.originalResponse : null;
  if (!response) return new ApiError('offline', { cause: failure });
  const refusal = z.safeParse(ErrorReply, parsed(response.getBody()));
  if (refusal.success) return new ApiError(refusal.data.code, refusal.data);
  // A proxy in front of a server that is away, or one that takes less than the server would.
  if (response.getStatus() === 413) return new ApiError('file-too-large', { cause: failure });
  return new ApiError(response.getStatus() >= 500 ? 'offline' : 'internal', { cause: failure });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
