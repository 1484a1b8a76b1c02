import { SmilePlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { EmojiPicker } from '../../emoji/EmojiPicker.tsx';
import { recentEmojiOf } from '../../emoji/recentEmoji.ts';
import { RecentEmojiContext } from '../../emoji/useRecentEmoji.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ProfileSections } from '../../users/profile/ProfileSections.tsx';
import { useSession } from '../useSession.ts';
import styles from './ProfileHere.module.css';

/** Nothing can be changed before the server has said what it is. */
export function ProfileHere(): ReactNode {
  const { chats, storage, profile: actions } = useSession();
  const profile = useStore(chats.sync.store, ({ list }) => list.profile);
  if (!profile) return <Skeleton height="180px" />;
  return (
    <RecentEmojiContext value={recentEmojiOf(storage)}>
      <ProfileSections profile={profile} actions={actions} Emoji={Emoji} />
    </RecentEmojiContext>
  );
}

interface EmojiProps {
  readonly label: string;
  readonly emoji: string | undefined;
  readonly onPick: (emoji: string) => void;
}

function Emoji({ label, emoji, onPick }: EmojiProps): ReactNode {
  return (
    <EmojiPicker
      trigger={
        <IconButton label={label}>
          {emoji === undefined ? <SmilePlus /> : <span className={styles['emoji']}>{emoji}</span>}
        </IconButton>
      }
      onPick={onPick}
    />
  );
}
