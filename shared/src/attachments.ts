import * as z from 'zod/mini';
import { Attachment, AttachmentKind, ATTACHMENTS_PER_MESSAGE_MAX, WAVEFORM_BARS } from './attachments.values.ts';
import { defineRoutes } from './contract/routes.ts';
import { AttachmentId, ChatId, Revision, RevisionInUrl, Timestamp, UserId } from './contract/values.ts';

export { Attachment, AttachmentKind, ATTACHMENTS_PER_MESSAGE_MAX, WAVEFORM_BARS };

/**
 * Files go up by the tus protocol (1.0.0: creation, termination, expiration) and down by plain GET, both past the contract's
 * routes, because they are streams:
 *
 * - `POST /api/uploads` with `Upload-Length` and `Upload-Metadata` (`UploadMetadata`) begins one. Its address is
 *   `uploadPath(id)`, known beforehand, since the id is the client's: to go on after a cut or a reload, HEAD there, then PATCH.
 *   The same POST again answers the same upload. With tus-js-client: `endpoint`, `metadata`, and for going on `uploadUrl`.
 * - The answer to the last PATCH means ready to post, or refused with an `ErrorReply` (`picture-refused`, `file-infected` …).
 *   Who lost that answer asks `getAttachment`.
 * - `DELETE uploadPath(id)` throws away what no message holds yet. After 24 hours that happens by itself.
 * - `GET filePath(id, variant)` serves it to members of the chat (and to the uploader before it is posted), with Range.
 *
 * A message holds them by `attachmentIds` of `postMessage`; then its content of kind `text` has `attachments`.
 *
 * Refusals are JSON `ErrorReply` on all of them. 409 `upload-moved` and 423 `upload-busy`: HEAD, and go on from there.
 */
export const UPLOADS_PATH = '/api/uploads';

export function uploadPath(id: AttachmentId): string {
  return `${UPLOADS_PATH}/${id}`;
}

/**
 * `original`: what was sent, a picture without its EXIF. `display` and `thumb` (longest side 1600 and 320, WebP, animated if
 * the original is): of pictures. `poster` (longest side 1600, WebP): of videos that have one. `sound` (AAC in
 * MP4): of voice notes in other formats, where the server has an ffmpeg.
 */
export const FileVariant = z.enum(['original', 'display', 'thumb', 'poster', 'sound']);
export type FileVariant = z.infer<typeof FileVariant>;

/** `?download=1` behind it makes the browser save it whatever it is. */
export function filePath(id: AttachmentId, variant: FileVariant): string {
  return `/api/files/${id}/${variant}`;
}

/** Characters a name is cut to. */
export const FILE_NAME_MAX = 200;
/** A day: longer is no voice note and no video that fits. */
const DURATION_MAX_MS = 86_400_000;
const SIDE_MAX = 32_768;

function numberAsText(max: number) {
  return z.string().check(
    z.regex(/^\d{1,9}$/),
    z.refine((text) => Number(text) >= 1 && Number(text) <= max, { error: 'out of bounds' }),
  );
}

/** `Upload-Metadata` of the tus protocol: all texts. What the client says of length and sides is for display only. */
export const UploadMetadata = z.object({
  id: AttachmentId,
  chatId: ChatId,
  /** As the file is called there; the server makes it safe. */
  name: z.string().check(z.maxLength(1_000)),
  /** Recorded here as a voice note; it is one if the content is sound. */
  kind: z.optional(z.literal('voice')),
  /** Of sound and video, in milliseconds. */
  durationMs: z.optional(numberAsText(DURATION_MAX_MS)),
  /** WAVEFORM_BARS bytes in base64; with `kind: 'voice'`. */
  waveform: z.optional(z.string().check(z.regex(/^[A-Za-z0-9+/]{86}==$/))),
  /** Of a video, as it is seen. */
  width: z.optional(numberAsText(SIDE_MAX)),
  height: z.optional(numberAsText(SIDE_MAX)),
  /**
   * This is a still of that video, which is ready and not posted: the last PATCH makes it the video's variant `poster` (and
   * placeholder), and this upload is gone. Whether it worked matters to nobody but the looks.
   */
  posterOf: z.optional(AttachmentId),
});
export type UploadMetadata = z.infer<typeof UploadMetadata>;

/** What a chat's media list can be narrowed to: pictures and videos; sound of both kinds; everything else. */
export const MediaFilter = z.enum(['media', 'audio', 'files']);
export type MediaFilter = z.infer<typeof MediaFilter>;

/** At least so many in a page when there are more; those of one message are not parted. */
export const ATTACHMENTS_PAGE = 50;

const SentAttachment = z.object({
  attachment: Attachment,
  senderId: UserId,
  /** Of the message that holds it. */
  position: Revision,
  sentAt: Timestamp,
});
export type SentAttachment = z.infer<typeof SentAttachment>;

export const attachmentRoutes = defineRoutes({
  getAttachment: {
    summary: 'How far my upload is, or an attachment of a chat I am in.',
    method: 'GET',
    path: '/attachments/:attachmentId',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: z.object({ attachmentId: AttachmentId }),
    reply: z.discriminatedUnion('state', [
      z.object({ state: z.literal('uploading'), received: z.int(), size: z.int() }),
      /** Can be posted, by its uploader, in its chat. */
      z.object({ state: z.literal('ready'), attachment: Attachment }),
      z.object({ state: z.literal('attached'), attachment: Attachment }),
    ]),
    errors: [
      'attachment-not-found',
      'attachment-not-ready',
      'picture-refused',
      'file-infected',
      'upload-busy',
      'scanner-unavailable',
      'storage-full',
    ],
  },
  listAttachments: {
    summary: "A chat's media, newest first: the page before a message's position, or the first.",
    method: 'GET',
    path: '/chats/:chatId/attachments',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: z.object({ chatId: ChatId }),
    query: z.object({ filter: MediaFilter, before: z.optional(RevisionInUrl) }),
    reply: z.object({ attachments: z.array(SentAttachment), hasMore: z.boolean() }),
    errors: ['chat-not-found'],
  },
});
