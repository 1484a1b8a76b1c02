import type { PersonProfile } from '@dialog/shared/users';
import { type ComponentType, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lazy } from '../../platform/late.ts';
import { Section } from '../../ui/Section.tsx';
import { PersonAvatar } from '../PersonAvatar.tsx';
import { PictureButton } from '../PictureButton.tsx';
import type { ProfileActions } from '../profile.actions.ts';
import { NamesForm } from './NamesForm.tsx';
import styles from './Profile.module.css';
import { StatusForm } from './StatusForm.tsx';
import { StatusLine } from './StatusLine.tsx';
import { UserNameForm } from './UserNameForm.tsx';

const PictureDialog = lazy(async () => ({ default: (await import('../PictureDialog.tsx')).PictureDialog }));

/** A button that opens all emoji. */
export type EmojiButton = ComponentType<{
  readonly label: string;
  readonly emoji: string | undefined;
  readonly onPick: (emoji: string) => void;
}>;

export interface ProfileProps {
  readonly profile: PersonProfile;
  readonly actions: ProfileActions;
}

interface ProfileSectionsProps extends ProfileProps {
  readonly Emoji: EmojiButton;
  /** What else is for now, below the status. */
  readonly children?: ReactNode;
}

/** Who one is to others, and all that one may change about it. */
export function ProfileSections({ Emoji, children, ...props }: ProfileSectionsProps): ReactNode {
  return (
    <>
      <Face {...props} />
      <StatusForm {...props} Emoji={Emoji} />
      {children}
      <NamesForm {...props} />
      <UserNameForm {...props} />
    </>
  );
}

function Face({ profile, actions }: ProfileProps): ReactNode {
  const { t } = useTranslation('profile');
  const [isOpen, setOpen] = useState(false);
  const { user, status } = profile;
  return (
    <Section title={t('picture')} text={t('pictureText')} anchor="picture">
      <div className={styles['head']}>
        <PictureButton label={t('faceChange')} isRound isChangeable onClick={() => setOpen(true)}>
          <PersonAvatar user={user} size={96} />
        </PictureButton>
        <div className={styles['names']}>
          <p className={styles['displayName']} dir="auto">
            {user.displayName}
          </p>
          <p className={styles['note']}>
            <bdi dir="ltr">@{user.userName}</bdi>
          </p>
          <StatusLine status={status} />
        </div>
      </div>
      <Suspense>
        {isOpen && (
          <PictureDialog
            isOpen
            isRound
            onClose={() => setOpen(false)}
            title={t('face')}
            hint={t('faceHint')}
            hasPicture={user.avatarId !== undefined}
            onSave={actions.setAvatar}
            onRemove={actions.removeAvatar}
          />
        )}
      </Suspense>
    </Section>
  );
}
