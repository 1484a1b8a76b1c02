import type { Role } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { Ban, EllipsisVertical, MessageCircle, UserMinus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../platform/useErrorText.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { toast } from '../ui/toast.ts';
import { dotOf } from './dotOf.ts';
import { mayRemove, type PresentMember } from './members.store.ts';
import styles from './MemberList.module.css';
import { useChats, usePresence } from './useChats.ts';
import { usePresenceLine } from './usePresenceLine.ts';
import { openPersonCard } from '../users/personCard.ts';
import { PersonAvatar } from '../users/PersonAvatar.tsx';

const ROLES: readonly Role[] = ['owner', 'admin', 'member'];

interface MemberRowProps {
  readonly member: PresentMember;
  readonly myRole: Role;
  readonly isPresenceShown: boolean;
  readonly onOpen: (chatId: ChatId) => void;
}

/** One member, and what one may do with them. */
export function MemberRow({ member, myRole, isPresenceShown, onOpen }: MemberRowProps): ReactNode {
  const { t } = useTranslation('chats');
  const { me } = useChats();
  const { user, role } = member;
  const isMe = user.id === me;
  const presence = usePresence(isPresenceShown && !isMe ? user.id : undefined);
  const presenceText = usePresenceLine(presence);
  return (
    <div className={styles['member']}>
      <button type="button" className={styles['who']} onClick={() => openPersonCard(user.id)}>
        <PersonAvatar user={user} size={38} dot={dotOf(presence)} />
        <span className={styles['names']}>
          <span className={styles['name']}>
            <bdi>{user.displayName}</bdi>
            {isMe && <span className={styles['you']}>{` (${t('you')})`}</span>}
          </span>
          <span className={styles['userName']}>{presenceText ?? <bdi dir="ltr">@{user.userName}</bdi>}</span>
        </span>
      </button>
      {role !== 'member' && <span className={styles['role']}>{t(`role_${role}`)}</span>}
      {!isMe && <MemberMenu member={member} myRole={myRole} onOpen={onOpen} />}
    </div>
  );
}

function MemberMenu({ member, myRole, onOpen }: Omit<MemberRowProps, 'isPresenceShown'>): ReactNode {
  const { t } = useTranslation('chats');
  const { actions, groups } = useChats();
  const errorText = useErrorText();
  const [leaving, setLeaving] = useState<'remove' | 'ban'>();
  const { chatId, user, role } = member;
  const name = user.displayName;

  /** The menu is gone when it fails, so the sentence stands elsewhere. */
  function tell(act: Promise<unknown>): void {
    act.catch((failure: unknown) => toast(errorText(failure), { kind: 'danger' }));
  }

  async function write(userId: UserId): Promise<void> {
    onOpen(await actions.openDirect(userId));
  }

  return (
    <>
      <Menu
        trigger={
          <IconButton size="s" label={t('manage', { name })} hasTooltip={false}>
            <EllipsisVertical />
          </IconButton>
        }
      >
        <MenuItem icon={<MessageCircle />} onSelect={() => tell(write(user.id))}>
          {t('message', { name })}
        </MenuItem>
        {myRole === 'owner' && (
          <>
            <MenuSeparator />
            <MenuChoice
              label={t('changeRole', { name })}
              value={role}
              options={ROLES.map((value) => ({ value, label: t(`role_${value}`) }))}
              onChange={(next) => tell(actions.changeRole(chatId, user.id, next))}
            />
          </>
        )}
        {mayRemove(myRole, role) && (
          <>
            <MenuSeparator />
            <MenuItem icon={<UserMinus />} isDanger onSelect={() => setLeaving('remove')}>
              {t('remove')}
            </MenuItem>
            <MenuItem icon={<Ban />} isDanger onSelect={() => setLeaving('ban')}>
              {t('ban')}
            </MenuItem>
          </>
        )}
      </Menu>
      <ConfirmDialog
        isOpen={leaving === 'remove'}
        onClose={() => setLeaving(undefined)}
        title={t('removeTitle', { name })}
        text={t('removeText', { name })}
        confirmLabel={t('remove')}
        isDanger
        onConfirm={() => actions.removeMember(chatId, user.id)}
        errorText={errorText}
      />
      <ConfirmDialog
        isOpen={leaving === 'ban'}
        onClose={() => setLeaving(undefined)}
        title={t('banTitle', { name })}
        text={t('banText', { name })}
        confirmLabel={t('ban')}
        isDanger
        onConfirm={() => groups.ban(chatId, user.id)}
        errorText={errorText}
      />
    </>
  );
}
