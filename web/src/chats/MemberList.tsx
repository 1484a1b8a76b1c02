import type { Role } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { Ban, EllipsisVertical, MessageCircle, UserMinus } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useErrorText } from '../platform/useErrorText.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { toast } from '../ui/toast.ts';
import { lastMemberId, mayRemove, type PresentMember, presentMembers } from './members.store.ts';
import styles from './MemberList.module.css';
import { useAct } from './NewChatDialog.tsx';
import { useChats, useIsOnline } from './useChats.ts';

interface MemberListProps {
  readonly chatId: ChatId;
  readonly myRole: Role;
  readonly isPresenceShown: boolean;
  readonly onOpen: (chatId: ChatId) => void;
}

const ROLES: readonly Role[] = ['owner', 'admin', 'member'];

export function MemberList({ chatId, myRole, isPresenceShown, onOpen }: MemberListProps): ReactNode {
  const { t, i18n } = useTranslation('chats');
  const { actions, sync } = useChats();
  const known = useStore(sync.store, ({ members }) => members.get(chatId));
  const { act, isBusy, error } = useAct();
  const members = useMemo(
    () => known && presentMembers(known, new Intl.Collator(i18n.language).compare),
    [known, i18n.language],
  );
  if (!known || !members) return <MembersSkeleton />;
  return (
    <section aria-label={t('people')}>
      <h3 className={styles['heading']}>{t('people')}</h3>
      <ul>
        {members.map((member) => (
          <li key={member.user.id}>
            <MemberRow member={member} myRole={myRole} isPresenceShown={isPresenceShown} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {known.hasMore && (
        <Button
          kind="quiet"
          isWide
          isBusy={isBusy}
          onClick={() => void act(() => actions.loadMembers(chatId, lastMemberId(known)))}
        >
          {t('loadMore')}
        </Button>
      )}
      {error !== undefined && (
        <p className={styles['error']} role="alert">
          {error}
        </p>
      )}
    </section>
  );
}

interface MemberRowProps extends Omit<MemberListProps, 'chatId'> {
  readonly member: PresentMember;
}

function MemberRow({ member, myRole, isPresenceShown, onOpen }: MemberRowProps): ReactNode {
  const { t } = useTranslation('chats');
  const { me } = useChats();
  const { user, role } = member;
  const isMe = user.id === me;
  const isOnline = useIsOnline(isPresenceShown && !isMe ? user.id : undefined);
  return (
    <div className={styles['member']}>
      <Avatar name={user.displayName} id={user.id} size={38} isOnline={isOnline} />
      <div className={styles['names']}>
        <span className={styles['name']}>
          <bdi>{user.displayName}</bdi>
          {isMe && <span className={styles['you']}>{` (${t('you')})`}</span>}
        </span>
        <span className={styles['userName']}>{isOnline ? t('online') : <bdi dir="ltr">@{user.userName}</bdi>}</span>
      </div>
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

function MembersSkeleton(): ReactNode {
  return (
    <div aria-busy="true">
      {['55%', '40%', '62%'].map((width) => (
        <div key={width} className={styles['member']}>
          <Skeleton width="38px" height="38px" isRound />
          <Skeleton width={width} />
        </div>
      ))}
    </div>
  );
}
