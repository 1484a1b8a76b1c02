import { FOLDER_NAME_MAX, type Folder } from '@dialog/shared/chats.values';
import type { ChatId } from '@dialog/shared/contract/values';
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Switch } from '../ui/Switch.tsx';
import { TextField } from '../ui/TextField.tsx';
import { newFolderId } from './chats.arranging.actions.ts';
import styles from './FolderDialogs.module.css';
import { useAct } from '../platform/useAct.ts';
import { useArrange } from './useArrange.ts';
import { useChats, useChatTitle, useSummary } from './useChats.ts';

interface FolderDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** In which folders a chat is. */
export function ChatFoldersDialog({ chatId, isOpen, onClose }: FolderDialogProps & { chatId: ChatId }): ReactNode {
  const { t } = useTranslation('chats');
  const { arranging, sync } = useChats();
  const folders = useStore(sync.store, ({ list }) => list.folders);
  const summary = useSummary(chatId);
  const titleOf = useChatTitle();
  const arrange = useArrange();
  if (!summary) return null;
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('foldersOf', { title: titleOf(summary) })}>
      <div className={styles['form']}>
        {folders.map(({ id, name, chatIds }) => (
          <Switch
            key={id}
            label={name}
            isOn={chatIds.includes(chatId)}
            onChange={(isOn) => arrange(arranging.changeFolder(id, isOn ? { add: [chatId] } : { remove: [chatId] }))}
          />
        ))}
        <NewFolder chatIds={[chatId]} />
      </div>
    </Dialog>
  );
}

/** All folders: their names and their order. */
export function FoldersDialog({ isOpen, onClose }: FolderDialogProps): ReactNode {
  const { t } = useTranslation('chats');
  const { arranging, sync } = useChats();
  const folders = useStore(sync.store, ({ list }) => list.folders);
  const errorText = useErrorText();
  const [leaving, setLeaving] = useState<Folder>();
  const [isAsking, setAsking] = useState(false);
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('foldersTitle')} description={t('foldersText')}>
      <div className={styles['form']}>
        <ul className={styles['folders']}>
          {folders.map((folder, at) => (
            <FolderRow
              key={`${folder.id} ${folder.name}`}
              folder={folder}
              above={folders.slice(0, at)}
              below={folders[at + 1]}
              onRemove={() => {
                setLeaving(folder);
                setAsking(true);
              }}
            />
          ))}
        </ul>
        <NewFolder chatIds={[]} />
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('removeFolderTitle', { name: leaving?.name })}
        text={t('removeFolderText')}
        confirmLabel={t('removeFolder')}
        isDanger
        errorText={errorText}
        onConfirm={async () => {
          if (leaving) await arranging.removeFolder(leaving.id);
        }}
      />
    </Dialog>
  );
}

interface FolderRowProps {
  readonly folder: Folder;
  readonly above: readonly Folder[];
  readonly below: Folder | undefined;
  readonly onRemove: () => void;
}

function FolderRow({ folder: { id, name }, above, below, onRemove }: FolderRowProps): ReactNode {
  const { t } = useTranslation('chats');
  const { arranging } = useChats();
  const arrange = useArrange();
  const [wanted, setWanted] = useState(name);

  function rename(): void {
    const isGood = wanted.trim() !== '' && wanted.trim() !== name;
    if (isGood) arrange(arranging.changeFolder(id, { name: wanted.trim() }));
    else setWanted(name);
  }

  return (
    <li className={styles['folder']}>
      <form
        className={styles['name']}
        onSubmit={(event) => {
          event.preventDefault();
          rename();
        }}
      >
        <TextField
          label={t('folderName')}
          isLabelHidden
          value={wanted}
          maxLength={FOLDER_NAME_MAX}
          onChange={setWanted}
          onBlur={rename}
        />
      </form>
      <IconButton
        label={t('moveUpName', { name })}
        hasTooltip={false}
        disabled={above.length === 0}
        onClick={() => arrange(arranging.changeFolder(id, { move: { behind: above.at(-2)?.id ?? null } }))}
      >
        <ArrowUp />
      </IconButton>
      <IconButton
        label={t('moveDownName', { name })}
        hasTooltip={false}
        disabled={!below}
        onClick={() => below && arrange(arranging.changeFolder(id, { move: { behind: below.id } }))}
      >
        <ArrowDown />
      </IconButton>
      <IconButton label={t('removeFolderName', { name })} hasTooltip={false} onClick={onRemove}>
        <Trash2 />
      </IconButton>
    </li>
  );
}

function NewFolder({ chatIds }: { readonly chatIds: readonly ChatId[] }): ReactNode {
  const { t } = useTranslation('chats');
  const { arranging } = useChats();
  const { act, isBusy, error } = useAct();
  const [name, setName] = useState('');
  const [id, setId] = useState(newFolderId);

  async function create(): Promise<void> {
    await act(async () => {
      await arranging.createFolder({ id, name: name.trim(), chatIds });
      setName('');
      setId(newFolderId());
    });
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') void create();
      }}
    >
      <TextField
        label={t('newFolder')}
        placeholder={t('folderName')}
        value={name}
        maxLength={FOLDER_NAME_MAX}
        onChange={setName}
        error={error}
        trail={
          <Button kind="quiet" size="s" type="submit" isBusy={isBusy} disabled={name.trim() === ''}>
            {t('add')}
          </Button>
        }
      />
    </form>
  );
}
