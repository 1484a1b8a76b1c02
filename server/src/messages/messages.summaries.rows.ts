import type { Role } from '@dialog/shared/chats';
import type { GroupPictureId, NotificationLevel } from '@dialog/shared/chats.values';
import type { CallId, ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import type { StoredPlace } from '../chats/chats.arranging.ts';
import type { StoredChat } from '../chats/chats.change.ts';
import type { ChatColumns } from '../chats/chats.stored.ts';
import { fromBytes } from '../platform/ids.ts';
import { BARS, keptLifetimeOf } from '../platform/mysql/memberBars.ts';
import { toUser } from '../platform/mysql/userColumns.ts';
import { isExpired, type StoredKind } from './messages.content.ts';
import type { StoredMessage } from './messages.stored.ts';
import type { StoredSummary } from './messages.summaries.repository.ts';

export type SummaryColumns = ChatColumns & {
  memberId: Buffer;
  role: Role;
  bars: number;
  blocksSomebody: number;
  readPosition: number;
  ownClearedPosition: number;
  peerId: Buffer | null;
  peerUserName: string | null;
  peerDisplayName: string | null;
  peerAvatarId: Buffer | null;
  peerProfileRevision: number | null;
  messageId: Buffer | null;
  position: number | null;
  senderId: Buffer | null;
  messageKind: StoredKind | null;
  body: Buffer | null;
  postedAt: Date | null;
  messageRevision: number | null;
  replyTo: number | null;
  editedAt: Date | null;
  reactions: string | null;
  isPinned: number | null;
  preview: Buffer | null;
  expiresAt: Date | null;
  isSilent: number | null;
  poll: string | null;
  replies: string | null;
  isLastHidden: number | null;
  personRevision: number;
  /** Null in these: nothing was arranged. */
  pinOrder: number | null;
  archivedAt: number | null;
  mutedUntil: Date | null;
  level: NotificationLevel | null;
  isMarkedUnread: number | null;
  draft: Buffer | null;
  draftedAt: Date | null;
};

export function toSummary(row: SummaryColumns): StoredSummary {
  const { memberId, role, bars, readPosition } = row;
  const lastMessage = toMessage(row);
  return {
    memberId: fromBytes<UserId>(memberId),
    role,
    bars,
    blocksSomebody: row.blocksSomebody === 1,
    readPosition,
    chat: seenChat(toChat(row), bars),
    peer: toPeer(row),
    lastMessage,
    isLastHidden: row.isLastHidden === 1 || (lastMessage !== null && isExpired(lastMessage)),
    place: toPlace(row),
  };
}

/** Whoever has blocked the other person of a direct chat does not see what that one has made of it meanwhile. */
function seenChat(chat: StoredChat, bars: number): StoredChat {
  if ((bars & BARS.blocks) === 0) return chat;
  return { ...chat, call: null, messageLifetimeSeconds: keptLifetimeOf(bars, chat.messageLifetimeSeconds) };
}

function toChat(row: SummaryColumns): StoredChat {
  const { kind, title, revision, ownRevision, epoch, lastPosition, memberCount, createdAt, messageLifetimeSeconds } =
    row;
  const { description, slowModeSeconds, clearedPosition, keyNumber } = row;
  return {
    id: fromBytes<ChatId>(row.id),
    kind,
    title,
    revision,
    ownRevision,
    epoch,
    lastPosition,
    memberCount,
    call: toCall(row),
    description,
    pictureId: row.pictureId && fromBytes<GroupPictureId>(row.pictureId),
    emojiRevision: row.emojiRevision,
    isAnnouncementOnly: row.isAnnouncementOnly === 1,
    slowModeSeconds,
    createdAt,
    messageLifetimeSeconds,
    clearedPosition,
    keyNumber,
  };
}

function toCall({ callId, callStartedBy, callStartedAt, callWay, callIsSealed }: SummaryColumns): StoredChat['call'] {
  if (!callId || !callStartedBy || !callStartedAt) return null;
  return {
    id: fromBytes<CallId>(callId),
    startedBy: fromBytes<UserId>(callStartedBy),
    startedAt: callStartedAt.toISOString(),
    way: callWay,
    ...(callIsSealed === 1 ? { isSealed: true as const } : {}),
  };
}

function toPeer({ peerId, peerUserName, peerDisplayName, ...peer }: SummaryColumns): User | null {
  if (!peerId || peerUserName === null || peerDisplayName === null) return null;
  return toUser({
    userId: peerId,
    userName: peerUserName,
    displayName: peerDisplayName,
    avatarId: peer.peerAvatarId,
    profileRevision: peer.peerProfileRevision ?? 0,
  });
}

function toPlace(row: SummaryColumns): StoredPlace {
  const { personRevision, pinOrder, archivedAt, mutedUntil, draft, draftedAt } = row;
  return {
    revision: personRevision,
    pinOrder,
    archivedAt,
    mutedUntil,
    level: row.level,
    isMarkedUnread: row.isMarkedUnread === 1,
    draft: draftedAt && { body: draft, writtenAt: draftedAt },
    clearedPosition: row.ownClearedPosition,
  };
}

function toMessage(row: SummaryColumns): StoredMessage | null {
  const { messageId, position, senderId, messageKind, body, postedAt, messageRevision } = row;
  if (!messageId || !senderId || !body || !postedAt) return null;
  if (position === null || messageKind === null || messageRevision === null) return null;
  return {
    chatId: fromBytes<ChatId>(row.id),
    position,
    id: fromBytes<MessageId>(messageId),
    senderId: fromBytes<UserId>(senderId),
    kind: messageKind,
    body,
    postedAt,
    revision: messageRevision,
    replyTo: row.replyTo,
    editedAt: row.editedAt,
    reactions: row.reactions,
    isPinned: row.isPinned === 1,
    preview: row.preview,
    expiresAt: row.expiresAt,
    isSilent: row.isSilent === 1,
    poll: row.poll,
    // The last of a list is in no thread.
    thread: null,
    replies: row.replies,
  };
}
