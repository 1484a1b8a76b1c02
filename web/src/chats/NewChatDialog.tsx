import { GROUP_TITLE_MAX } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import { Bookmark } from 'lucide-react';
import { type ReactNode, type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../platform/useAct.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import { TextField } from '../ui/TextField.tsx';
import { newGroupId } from './chats.actions.ts';
import styles from './NewChatDialog.module.css';
import { PeoplePicker } from './PeoplePicker.tsx';
import { useChats } from './useChats.ts';
import { useNotAdded } from './useNotAdded.ts';

interface NewChatDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** The chat is there. */
  readonly onOpen: (chatId: ChatId) => void;
}

type Kind = 'direct' | 'group';

export function NewChatDialog({ isOpen, onClose, onOpen }: NewChatDialogProps): ReactNode {
  const { t } = useTranslation('chats');
  const field = useRef<HTMLInputElement>(null);
  // What was begun is gone with the dialog: the next one starts afresh.
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('newChat')} initialFocus={field}>
      {isOpen && <NewChat onClose={onClose} onOpen={onOpen} field={field} />}
    </Dialog>
  );
}

interface NewChatProps extends Omit<NewChatDialogProps, 'isOpen'> {
  readonly field: RefObject<HTMLInputElement | null>;
}

function NewChat({ onClose, onOpen, field }: NewChatProps): ReactNode {
  const { t } = useTranslation('chats');
  const { actions, arranging } = useChats();
  const [kind, setKind] = useState<Kind>('direct');
  const [picked, setPicked] = useState<readonly User[]>([]);
  const [title, setTitle] = useState('');
  const sayNotAdded = useNotAdded();
  /** Kept over retries, so that they make the same group. */
  const [groupId] = useState(newGroupId);
  const { act, isBusy, error } = useAct();
  const [first] = picked;
  const isTooLong = title.trim().length > GROUP_TITLE_MAX;
  const isReady = kind === 'direct' ? first !== undefined : title.trim() !== '' && !isTooLong;

  function show(chatId: ChatId): void {
    onClose();
    onOpen(chatId);
  }

  async function openNotes(): Promise<void> {
    await act(async () => show(await arranging.openNotes()));
  }

  async function create(): Promise<void> {
    await act(async () => show(kind === 'direct' && first ? await actions.openDirect(first.id) : await createGroup()));
  }

  async function createGroup(): Promise<ChatId> {
    const memberIds = picked.map((user) => user.id);
    const { chatId, notAdded } = await actions.createGroup({ id: groupId, title: title.trim(), memberIds });
    sayNotAdded({ chatId, asked: picked, notAdded });
    return chatId;
  }

  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void create();
      }}
    >
      <button type="button" className={styles['notes']} disabled={isBusy} onClick={() => void openNotes()}>
        <Bookmark aria-hidden="true" />
        <span className={styles['notesWords']}>
          <span>{t('notes')}</span>
          <span className={styles['notesHint']}>{t('openNotes')}</span>
        </span>
      </button>
      <fieldset className={styles['kinds']}>
        <legend className="visually-hidden">{t('newChat')}</legend>
        {(['direct', 'group'] as const).map((one) => (
          <button
            key={one}
            type="button"
            className={styles['kind']}
            aria-pressed={kind === one}
            onClick={() => {
              setKind(one);
              setPicked(one === 'direct' ? picked.slice(0, 1) : picked);
            }}
          >
            {t(one)}
          </button>
        ))}
      </fieldset>
      {kind === 'group' && (
        <TextField
          label={t('groupTitle')}
          value={title}
          onChange={setTitle}
          error={isTooLong ? t('titleTooLong', { max: GROUP_TITLE_MAX }) : undefined}
        />
      )}
      <PeoplePicker
        key={kind}
        picked={picked}
        onPick={setPicked}
        excluded={NOBODY}
        field={field}
        isSingle={kind === 'direct'}
      />
      <Failure text={error} />
      <div className={styles['footer']}>
        <Button kind="primary" type="submit" isBusy={isBusy} disabled={!isReady}>
          {t(kind === 'direct' ? 'open' : 'create')}
        </Button>
      </div>
    </form>
  );
}

const NOBODY: ReadonlySet<never> = new Set();
