import { type Chat, GROUP_TITLE_MAX } from '@dialog/shared/chats';
import type { User } from '@dialog/shared/users';
import { type ReactNode, type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import { TextField } from '../ui/TextField.tsx';
import { useAct } from '../platform/useAct.ts';
import styles from './NewChatDialog.module.css';
import { PeoplePicker } from './PeoplePicker.tsx';
import { useChats } from './useChats.ts';
import { useNotAdded } from './useNotAdded.ts';

interface ChatDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly chat: Chat;
}

export function RenameDialog({ isOpen, onClose, chat }: ChatDialogProps): ReactNode {
  const { t } = useTranslation('chats');
  const field = useRef<HTMLInputElement>(null);
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('renameTitle')} initialFocus={field}>
      {isOpen && <Rename chat={chat} onClose={onClose} field={field} />}
    </Dialog>
  );
}

interface FormProps extends Omit<ChatDialogProps, 'isOpen'> {
  readonly field: RefObject<HTMLInputElement | null>;
}

function Rename({ chat, onClose, field }: FormProps): ReactNode {
  const { t } = useTranslation('chats');
  const { actions } = useChats();
  const { act, isBusy, error } = useAct();
  const [title, setTitle] = useState(chat.title ?? '');
  const isTooLong = title.trim().length > GROUP_TITLE_MAX;
  const isReady = title.trim() !== '' && !isTooLong;

  async function rename(): Promise<void> {
    await act(async () => {
      if (title.trim() !== chat.title) await actions.rename(chat.id, title.trim());
      onClose();
    });
  }

  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void rename();
      }}
    >
      <TextField
        ref={field}
        label={t('groupTitle')}
        value={title}
        onChange={setTitle}
        error={isTooLong ? t('titleTooLong', { max: GROUP_TITLE_MAX }) : error}
      />
      <div className={styles['footer']}>
        <Button kind="primary" type="submit" isBusy={isBusy} disabled={!isReady}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

export function AddMembersDialog({ isOpen, onClose, chat }: ChatDialogProps): ReactNode {
  const { t } = useTranslation('chats');
  const field = useRef<HTMLInputElement>(null);
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('addMembersTitle', { title: chat.title })} initialFocus={field}>
      {isOpen && <AddMembers chat={chat} onClose={onClose} field={field} />}
    </Dialog>
  );
}

function AddMembers({ chat, onClose, field }: FormProps): ReactNode {
  const { t } = useTranslation('chats');
  const { actions, sync } = useChats();
  const { act, isBusy, error } = useAct();
  const sayNotAdded = useNotAdded();
  const [picked, setPicked] = useState<readonly User[]>([]);
  const known = useStore(sync.store, ({ members }) => members.get(chat.id));
  const present = new Set(
    [...(known?.members.values() ?? [])].filter(({ role }) => role !== null).map(({ user }) => user.id),
  );

  async function add(): Promise<void> {
    const ids = picked.map((user) => user.id);
    await act(async () => {
      sayNotAdded({ chatId: chat.id, asked: picked, notAdded: await actions.addMembers(chat.id, ids) });
      onClose();
    });
  }

  return (
    <div className={styles['form']}>
      <PeoplePicker picked={picked} onPick={setPicked} excluded={present} field={field} />
      <Failure text={error} />
      <div className={styles['footer']}>
        <Button kind="primary" isBusy={isBusy} disabled={picked.length === 0} onClick={() => void add()}>
          {t('add')}
        </Button>
      </div>
    </div>
  );
}
