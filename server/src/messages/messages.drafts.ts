import type { AttachmentId, ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import type { PollContent, TextContent } from '@dialog/shared/messages';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { SealingKey } from '../platform/crypto/sealing.ts';
import type { WriteTx } from '../platform/database.ts';
import { sealContent, type SealedContent } from './messages.content.ts';
import type { LockedHead } from './messages.posting.repository.ts';

/** What somebody wants to post. */
export interface Draft {
  readonly senderId: UserId;
  readonly chatId: ChatId;
  readonly id: MessageId;
  readonly content: TextContent | PollContent;
  /** The position of the message that this one answers. */
  readonly replyTo: number | null;
  /** The position of the message in whose thread it is to stand. */
  readonly thread?: number;
  readonly attachmentIds?: readonly AttachmentId[];
  readonly isSilent?: true;
  /** Its files are held for it. */
  readonly isScheduled?: true;
}

/** A draft with the key of its chat. */
export interface KeyedDraft extends Draft {
  readonly key: SealingKey;
}

export interface SealedDraft extends KeyedDraft {
  readonly sealed: SealedContent;
}

export function sealedDraft(draft: KeyedDraft): SealedDraft {
  return { ...draft, sealed: sealContent(draft.key, draft.content, draft) };
}

/** Under the lock it is certain which key a chat has: what was sealed with one that was destroyed is sealed again. */
export async function sealedRight(
  keys: Pick<ChatKeys, 'numbered'>,
  tx: WriteTx,
  {
    drafts,
    heads,
  }: { readonly drafts: readonly SealedDraft[]; readonly heads: ReadonlyMap<ChatId, Pick<LockedHead, 'keyNumber'>> },
): Promise<readonly SealedDraft[]> {
  const locked = [...heads].map(([id, { keyNumber }]) => ({ id, keyNumber }));
  const right = await keys.numbered(tx, locked);
  return drafts.map((draft) => {
    const key = right.get(draft.chatId) ?? draft.key;
    return key === draft.key ? draft : sealedDraft({ ...draft, key });
  });
}
