import * as z from 'zod/mini';
import { AttachmentId } from './contract/values.ts';

/** How a client shows it; the server decides, by what is in the file. */
export const AttachmentKind = z.enum(['picture', 'video', 'audio', 'voice', 'file']);
export type AttachmentKind = z.infer<typeof AttachmentKind>;

/** Loudness bars of a voice note. */
export const WAVEFORM_BARS = 64;
export const ATTACHMENTS_PER_MESSAGE_MAX = 10;

/** A file in a message. Its bytes are at `filePath`. */
export const Attachment = z.object({
  /** Made by the uploader, as a message's is (R6). */
  id: AttachmentId,
  kind: AttachmentKind,
  name: z.string(),
  /** Bytes of the original, as it is downloaded. */
  size: z.int(),
  /** By content, never by name. */
  mime: z.string(),
  /** Of a picture as it is seen (turned by its orientation), or of a video. */
  width: z.optional(z.int()),
  height: z.optional(z.int()),
  /** A blurred placeholder of about 25 bytes (thumbhash) in base64. Every picture has one, and the variants `thumb` and `display`. */
  thumbHash: z.optional(z.string()),
  durationMs: z.optional(z.int()),
  /** WAVEFORM_BARS numbers from 0 to 255. */
  waveform: z.optional(z.array(z.int())),
  isAnimated: z.optional(z.boolean()),
  /** A video with a still of itself, at the variant `poster`. */
  hasPoster: z.optional(z.boolean()),
});
export type Attachment = z.infer<typeof Attachment>;
