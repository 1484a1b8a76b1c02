import { CURSORS_TOLD_UP_TO, type ChatSummary } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import { LogOut, Pencil, Settings2, UserPlus, X } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { ChatAvatar } from './ChatAvatar.tsx';
import { AddMembersDialog, RenameDialog } from './ChatDetailsDialogs.tsx';
import styles from './ChatDetails.module.css';
import { LifetimeSetting } from './LifetimeSetting.tsx';
import { MemberList } from './MemberList.tsx';
import { mayManage } from './members.store.ts';
import { useChats, useChatTitle, useSummary, useUnderTitle } from './useChats.ts';

const GroupSettingsDialog = lazy(async () => ({
  default: (await import('./GroupSettingsDialog.tsx')).GroupSettingsDialog,
}));

interface ChatDetailsProps {
  readonly chatId: ChatId;
  readonly onClose?: () => void;
  /** Another chat is to be shown: with a member, or none after leaving. */
  readonly onOpen: (chatId: ChatId | undefined) => void;
}

/** Who and what a chat is, and what one may change about it. */
export function ChatDetails({ chatId, onClose, onOpen }: ChatDetailsProps): ReactNode {
  const { t } = useTranslation('chats');
  const summary = useSummary(chatId);
  if (!summary) return null;
  return (
    <div className={styles['details']}>
      <header className={styles['bar']}>
        <h2 className={styles['barTitle']}>{t('details')}</h2>
        {onClose && (
          <IconButton label={t('close')} onClick={onClose}>
            <X />
          </IconButton>
        )}
      </header>
      <div className={styles['scroll']}>
        <Head summary={summary} />
        <LifetimeSetting summary={summary} />
        {summary.chat.kind === 'group' && <GroupDetails summary={summary} onOpen={onOpen} />}
      </div>
    </div>
  );
}

function Head({ summary }: { readonly summary: ChatSummary }): ReactNode {
  const { peer } = summary;
  const title = useChatTitle()(summary);
  const under = useUnderTitle(summary);
  return (
    <div className={styles['head']}>
      <ChatAvatar summary={summary} size={88} />
      <h3 className={styles['title']} dir="auto">
        {title}
      </h3>
      <p className={styles['under']}>{under}</p>
      {peer && (
        <p className={styles['under']}>
          <bdi dir="ltr">@{peer.userName}</bdi>
        </p>
      )}
    </div>
  );
}

type Open = 'settings' | 'rename' | 'add' | 'leave' | undefined;

function GroupDetails({
  summary,
  onOpen,
}: { readonly summary: ChatSummary } & Pick<ChatDetailsProps, 'onOpen'>): ReactNode {
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
          <Button size="s" icon={<Settings2 aria-hidden="true" />} onClick={() => setOpen('settings')}>
            {t('groupSettings')}
          </Button>
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
      <Suspense>{open === 'settings' && <GroupSettingsDialog isOpen onClose={close} chat={chat} />}</Suspense>
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
