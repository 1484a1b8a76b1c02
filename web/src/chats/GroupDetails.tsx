import { CURSORS_TOLD_UP_TO, type ChatSummary } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import { Ban, LogOut, Pencil, Settings2, UserPlus } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lazy } from '../platform/late.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { ListButton } from '../ui/ListButton.tsx';
import { AddMembersDialog, RenameDialog } from './ChatDetailsDialogs.tsx';
import styles from './ChatDetails.module.css';
import { MemberList } from './MemberList.tsx';
import { mayManage } from './members.store.ts';
import { useChats } from './useChats.ts';

const GroupSettingsDialog = lazy(async () => ({
  default: (await import('./GroupSettingsDialog.tsx')).GroupSettingsDialog,
}));
const BansDialog = lazy(async () => ({ default: (await import('./BansDialog.tsx')).BansDialog }));

interface GroupDetailsProps {
  readonly summary: ChatSummary;
  /** Another chat is to be shown: with a member, or none after leaving. */
  readonly onOpen: (chatId: ChatId | undefined) => void;
  readonly rows: ReactNode;
}

type Open = 'settings' | 'bans' | 'rename' | 'add' | 'leave' | undefined;

/** What a group is, who is in it, and what one may do there. */
export function GroupDetails({ summary, onOpen, rows }: GroupDetailsProps): ReactNode {
  const { t } = useTranslation('chats');
  const { chat, role } = summary;
  const { actions } = useChats();
  const errorText = useErrorText();
  const [open, setOpen] = useState<Open>();
  const close = (): void => setOpen(undefined);
  const mayChange = mayManage(role);
  useFirstMembers(chat.id);
  return (
    <>
      {chat.description !== undefined && (
        <p className={styles['description']} dir="auto">
          {chat.description}
        </p>
      )}
      {mayChange && (
        <div className={styles['acts']}>
          <Button size="s" icon={<UserPlus aria-hidden="true" />} onClick={() => setOpen('add')}>
            {t('addMembers')}
          </Button>
          <Button size="s" icon={<Pencil aria-hidden="true" />} onClick={() => setOpen('rename')}>
            {t('rename')}
          </Button>
        </div>
      )}
      {mayChange && (
        <div className={styles['manage']}>
          <ListButton icon={<Settings2 aria-hidden="true" />} onClick={() => setOpen('settings')}>
            {t('groupSettings')}
          </ListButton>
          {rows}
          <ListButton icon={<Ban aria-hidden="true" />} onClick={() => setOpen('bans')}>
            {t('banned')}
          </ListButton>
        </div>
      )}
      <MemberList
        chatId={chat.id}
        myRole={role}
        isPresenceShown={chat.memberCount <= CURSORS_TOLD_UP_TO}
        onOpen={onOpen}
      />
      <p className={styles['rights']}>{t(`rights_${role}`)}</p>
      <div className={styles['leave']}>
        <Button kind="dangerQuiet" isWide icon={<LogOut aria-hidden="true" />} onClick={() => setOpen('leave')}>
          {t('leave')}
        </Button>
      </div>
      <Suspense>
        {open === 'settings' && <GroupSettingsDialog isOpen onClose={close} chat={chat} />}
        {open === 'bans' && <BansDialog isOpen onClose={close} chatId={chat.id} />}
      </Suspense>
      <RenameDialog isOpen={open === 'rename'} onClose={close} chat={chat} />
      <AddMembersDialog isOpen={open === 'add'} onClose={close} chat={chat} />
      <ConfirmDialog
        isOpen={open === 'leave'}
        onClose={close}
        title={t('leaveTitle', { title: chat.title })}
        text={t(chat.memberCount === 1 ? 'leaveAloneText' : 'leaveText')}
        confirmLabel={t('leave')}
        isDanger
        errorText={errorText}
        onConfirm={async () => {
          await actions.leave(chat.id);
          onOpen(undefined);
        }}
      />
    </>
  );
}

/** Opening the chat brings its members; the details may be shown without that, on a reload offline. */
function useFirstMembers(chatId: ChatId): void {
  const { actions, sync } = useChats();
  useEffect(() => {
    if (!sync.store.getState().members.has(chatId)) void actions.loadMembers(chatId, undefined).catch(() => undefined);
  }, [actions, chatId, sync]);
}
