import { emailRoutes } from '@dialog/shared/auth.email';
import type { RouteRequest } from '@dialog/shared/contract/routes';
import { SmilePlus } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { askHasMail } from '../../auth/hasMail.ts';
import { InviteByMail } from '../../auth/InviteByMail.tsx';
import { EmojiPicker } from '../../emoji/EmojiPicker.tsx';
import { recentEmojiOf } from '../../emoji/recentEmoji.ts';
import { RecentEmojiContext } from '../../emoji/useRecentEmoji.ts';
import { PresenceSection } from '../../presence/PresenceSection.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Section } from '../../ui/Section.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ProfileSections } from '../../users/profile/ProfileSections.tsx';
import { useSession } from '../useSession.ts';
import styles from './ProfileHere.module.css';

/** Nothing can be changed before the server has said what it is. */
export function ProfileHere(): ReactNode {
  const { chats, settings, storage, profile: actions } = useSession();
  const profile = useStore(chats.sync.store, ({ list }) => list.profile);
  if (!profile) return <Skeleton height="180px" />;
  return (
    <RecentEmojiContext value={recentEmojiOf(storage)}>
      <ProfileSections profile={profile} actions={actions} Emoji={Emoji}>
        <PresenceSection user={profile.user} sync={chats.sync} onChange={settings.change} />
      </ProfileSections>
      <Inviting />
    </RecentEmojiContext>
  );
}

/** For who is not here yet. */
function Inviting(): ReactNode {
  const { t } = useTranslation('devices');
  const { call } = useSession();
  const [hasMail, setHasMail] = useState<boolean>();
  useEffect(() => void askHasMail(call).then(setHasMail), [call]);

  async function invite(body: RouteRequest<typeof emailRoutes.inviteByMail>['body']): Promise<boolean | undefined> {
    await call(emailRoutes.inviteByMail, { body });
    return hasMail ?? askHasMail(call);
  }

  return (
    <Section
      title={t('inviteByMail')}
      text={t(hasMail === false ? 'inviteByMailKept' : 'inviteByMailText')}
      anchor="invite"
    >
      <InviteByMail onInvite={invite} />
    </Section>
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
