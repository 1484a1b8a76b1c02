import type { AttachmentKind } from '@dialog/shared/attachments';
import { fileTypeFromBuffer } from 'file-type';

/** As much of a file's beginning as says what it is. */
export const SNIFFED_BYTES = 64 * 1024;

export const UNKNOWN_TYPE = 'application/octet-stream';

/** What browsers show or play by themselves, and nothing that could run; all else is only for saving (SECURITY 13). */
const SHOWN: Readonly<Record<string, AttachmentKind>> = {
  'image/jpeg': 'picture',
  'image/png': 'picture',
  'image/webp': 'picture',
  'image/gif': 'picture',
  'image/avif': 'picture',
  'video/mp4': 'video',
  'video/webm': 'video',
  'video/quicktime': 'video',
  'audio/mpeg': 'audio',
  'audio/mp4': 'audio',
  'audio/webm': 'audio',
  'audio/ogg': 'audio',
  'audio/wav': 'audio',
  'audio/flac': 'audio',
  'audio/aac': 'audio',
};

const SAME: Readonly<Record<string, string>> = {
  'image/apng': 'image/png',
  'video/x-m4v': 'video/mp4',
  'audio/x-m4a': 'audio/mp4',
  'audio/x-flac': 'audio/flac',
  'audio/opus': 'audio/ogg',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-wav': 'audio/wav',
};

/** A recorder wraps sound alone in the same containers as moving pictures. */
const AS_SOUND: Readonly<Record<string, string>> = {
  'video/webm': 'audio/webm',
  'video/mp4': 'audio/mp4',
  'video/quicktime': 'audio/mp4',
};

interface ContentType {
  readonly kind: AttachmentKind;
  readonly mime: string;
}

/** What a file is, by what is in it; never by what it calls itself. */
export async function contentTypeOf(beginning: Buffer, said: { readonly isVoice: boolean }): Promise<ContentType> {
  const sniffed = await fileTypeFromBuffer(beginning).catch(() => undefined);
  const [bare = UNKNOWN_TYPE] = (sniffed?.mime ?? UNKNOWN_TYPE).split(';');
  const mime = SAME[bare] ?? bare;
  const asSound = AS_SOUND[mime] ?? mime;
  if (said.isVoice && SHOWN[asSound] === 'audio') return { kind: 'voice', mime: asSound };
  return { kind: SHOWN[mime] ?? 'file', mime };
}

/** Under which type it may leave the server. */
export function servedType(mime: string): string {
  return SHOWN[mime] ? mime : UNKNOWN_TYPE;
}
