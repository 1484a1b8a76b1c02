import type { ChatSummary } from '@dialog/shared/chats';
import { Bookmark } from 'lucide-react';
import type { ReactNode } from 'react';
import { Avatar } from '../ui/Avatar.tsx';
import { dotOf } from './dotOf.ts';
import { groupPictureUrl } from './groupPicture.ts';
import { useChatTitle, usePresence } from './useChats.ts';
import { avatarUrl } from '../users/avatarUrl.ts';

interface ChatAvatarProps {
  readonly summary: ChatSummary;
  /** Pixels. */
  readonly size: number;
}

/** The picture of a chat: of the other person, of the group, or of one's notes. */
export function ChatAvatar({ summary, size }: ChatAvatarProps): ReactNode {
  const { chat, peer } = summary;
  const name = useChatTitle()(summary);
  const presence = usePresence(peer?.id);
  const sign = chat.kind === 'notes' ? { sign: <Bookmark /> } : {};
  return (
    <Avatar
      name={name}
      id={peer?.id ?? chat.id}
      size={size}
      dot={dotOf(presence)}
      isGroup={chat.kind !== 'direct'}
      picture={peer ? avatarUrl(peer, size) : groupPictureUrl(chat, size)}
      {...sign}
    />
  );
}
