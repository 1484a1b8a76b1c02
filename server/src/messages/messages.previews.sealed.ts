import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import { Preview } from '@dialog/shared/previews.values';
import * as z from 'zod';
import { seal, unseal, type SealingKey } from '../platform/crypto/sealing.ts';
import { toBytes } from '../platform/ids.ts';

/** That the sender does not want this address shown; so it does not come back while the address stands. */
const RemovedPreview = z.object({ url: z.string(), isRemoved: z.literal(true) });
// In this order: what is removed would pass as a preview without words.
const StoredPreview = z.union([RemovedPreview, Preview]);
export type StoredPreview = z.infer<typeof StoredPreview>;

interface Place {
  readonly chatId: ChatId;
  readonly id: MessageId;
}

/** As the message's words are sealed: under its chat's key, bound to its place. */
export function sealPreview(key: SealingKey, preview: StoredPreview, place: Place): Buffer {
  return seal(key, JSON.stringify(preview), contextOf(place));
}

/** Null for none; never throws: a preview that does not open is none. */
export function openPreview(
  key: SealingKey | undefined,
  row: Place & { readonly preview: Buffer | null },
): StoredPreview | null {
  if (!key || !row.preview) return null;
  try {
    return z.parse(StoredPreview, JSON.parse(unseal(key, row.preview, contextOf(row)).toString('utf8')));
  } catch {
    return null;
  }
}

/** What is shown. */
export function shownPreview(stored: StoredPreview | null): Preview | undefined {
  return stored && !('isRemoved' in stored) ? stored : undefined;
}

/** Not that of the words: neither opens in the other's place. */
function contextOf({ chatId, id }: Place): Buffer {
  return Buffer.concat([toBytes(chatId), toBytes(id), PURPOSE]);
}

const PURPOSE = Buffer.from('preview');
