import type { Attachment } from '@dialog/shared/attachments';
import { AttachmentId } from '@dialog/shared/contract/values';
import * as z from 'zod/mini';
import { deriveKey, seal, unseal, type SealingKey } from '../platform/crypto/sealing.ts';
import type { SealedFile } from '../platform/files/sealedFiles.ts';
import { toBytes } from '../platform/ids.ts';
import type { StoredAttachment } from './attachments.repository.ts';

/** As what a file lies in the storage: as it came, the original without what was taken out of it, and what was made of it. */
export type Copy = 'upload' | 'original' | 'display' | 'thumb' | 'poster' | 'sound';

/** What is known of a file beyond its row; no more of it leaves than `Attachment` has. */
export const Facts = z.object({
  width: z.optional(z.int()),
  height: z.optional(z.int()),
  thumbHash: z.optional(z.string()),
  durationMs: z.optional(z.int()),
  /** Base64. */
  waveform: z.optional(z.string()),
  isAnimated: z.optional(z.boolean()),
  /** The uploader says that it is a voice note. */
  isVoice: z.optional(z.boolean()),
  /** This is a still of a video of theirs, and goes to it. */
  posterOf: z.optional(AttachmentId),
  /** Bytes of each copy that was made. */
  sizes: z.record(z.string(), z.int()),
});
export type Facts = z.infer<typeof Facts>;

const COPIES = ['original', 'display', 'thumb', 'poster', 'sound'] as const satisfies readonly Copy[];

type Place = Pick<StoredAttachment, 'id' | 'chatId'>;

export function sealName(key: SealingKey, place: Place, name: string): Buffer {
  return seal(key, name, contextOf(place, 'name'));
}

export function openName(key: SealingKey, stored: Place & { readonly name: Buffer }): string {
  return unseal(key, stored.name, contextOf(stored, 'name')).toString('utf8');
}

export function sealFacts(key: SealingKey, place: Place, facts: Facts): Buffer {
  return seal(key, JSON.stringify(facts), contextOf(place, 'facts'));
}

export function openFacts(key: SealingKey, stored: Place & { readonly facts: Buffer }): Facts {
  return z.parse(Facts, JSON.parse(unseal(key, stored.facts, contextOf(stored, 'facts')).toString('utf8')));
}

function contextOf({ id, chatId }: Place, what: 'name' | 'facts'): Buffer {
  return Buffer.concat([toBytes(chatId), toBytes(id), Buffer.from(`attachment ${what}`)]);
}

/** All copies of a file. By the id's end, which is random in every kind of UUID in use. */
export function folderOf(id: AttachmentId): string {
  return `${id.slice(-2)}/${id.slice(-4, -2)}/${id}/`;
}

/** One copy as it lies in the storage, under a key of its own: it goes with the chat's key. */
export function copyOf(chatKey: SealingKey, place: Place, wanted: { copy: Copy; size: number }): SealedFile {
  const { copy, size } = wanted;
  return {
    folder: `${folderOf(place.id)}${copy}/`,
    size,
    key: deriveKey(chatKey, Buffer.concat([toBytes(place.chatId), toBytes(place.id)]), `file ${copy}`),
    context: toBytes(place.id),
  };
}

/** The copies that make up a finished file. */
export function toCopies({ size }: Pick<StoredAttachment, 'size'>, { sizes }: Facts): { copy: Copy; size: number }[] {
  const made = COPIES.flatMap((copy) => (sizes[copy] === undefined ? [] : [{ copy, size: sizes[copy] }]));
  return sizes['original'] === undefined ? [{ copy: 'upload', size }, ...made] : made;
}

/** Of all copies beside the file itself. */
export function madeBytesIn({ sizes }: Facts): number {
  return Object.entries(sizes).reduce((sum, [copy, size]) => (copy === 'original' ? sum : sum + size), 0);
}

/** As it travels. */
export function toAttachment(key: SealingKey, stored: StoredAttachment): Attachment {
  const { id, kind, mime, size } = stored;
  const { width, height, thumbHash, durationMs, waveform, isAnimated, sizes } = openFacts(key, stored);
  return {
    id,
    kind,
    name: openName(key, stored),
    size,
    mime,
    ...(width && height ? { width, height } : {}),
    ...(thumbHash ? { thumbHash } : {}),
    ...(durationMs ? { durationMs } : {}),
    ...(waveform ? { waveform: [...Buffer.from(waveform, 'base64')] } : {}),
    ...(isAnimated ? { isAnimated } : {}),
    ...(sizes['poster'] ? { hasPoster: true } : {}),
  };
}
