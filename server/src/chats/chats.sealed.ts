import type { Chat } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import { seal, unseal, type SealingKey } from '../platform/crypto/sealing.ts';
import { toBytes } from '../platform/ids.ts';
import type { StoredChat } from './chats.stored.ts';

/** The chat as it travels. Words that do not open are shown as none. */
export function toChat(chat: StoredChat, key: SealingKey | null): Chat {
  const { id, kind, memberCount, call, createdAt, messageLifetimeSeconds, ownRevision } = chat;
  const { description, pictureId, emojiRevision, isAnnouncementOnly, slowModeSeconds, clearedPosition } = chat;
  return {
    id,
    kind,
    title: chat.title && openTitle(key, id, chat.title),
    memberCount,
    ...(description ? { description: openText(key, description, descriptionContext(id)) } : {}),
    ...(pictureId ? { pictureId } : {}),
    ...(emojiRevision === null ? {} : { emojiRevision }),
    ...(isAnnouncementOnly ? { isAnnouncementOnly } : {}),
    ...(slowModeSeconds > 0 ? { slowModeSeconds } : {}),
    call,
    createdAt: createdAt.toISOString(),
    ...(messageLifetimeSeconds === null ? {} : { messageLifetimeSeconds }),
    ...(clearedPosition > 0 ? { clearedPosition } : {}),
    revision: ownRevision,
  };
}

/** As it is stored. */
export function sealTitle(key: SealingKey, chatId: ChatId, title: string): Buffer {
  return seal(key, title, titleContext(chatId));
}

export function openTitle(key: SealingKey | null, chatId: ChatId, sealed: Buffer): string {
  return openText(key, sealed, titleContext(chatId));
}

export function sealDescription(key: SealingKey, chatId: ChatId, description: string): Buffer | null {
  return description === '' ? null : seal(key, description, descriptionContext(chatId));
}

function openText(key: SealingKey | null, sealed: Buffer, context: Buffer): string {
  try {
    return key ? unseal(key, sealed, context).toString('utf8') : '';
  } catch {
    return '';
  }
}

/** A title is bound to its chat as a message is to its chat and id. */
function titleContext(chatId: ChatId): Buffer {
  const id = toBytes(chatId);
  return Buffer.concat([id, id]);
}

function descriptionContext(chatId: ChatId): Buffer {
  return Buffer.concat([toBytes(chatId), Buffer.from('chat description')]);
}
