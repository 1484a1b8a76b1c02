import { EVERYONE_MEMBERS_MAX } from '@dialog/shared/mentions';
import type { User } from '@dialog/shared/users';
import { type ReactNode, type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { PeoplePicker } from '../../chats/PeoplePicker.tsx';
import { useAct } from '../../platform/useAct.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { useActive, useCalls } from '../useCalls.ts';
import styles from './AddPeopleDialog.module.css';
import { useAdding } from './useAdding.ts';

interface AddPeopleDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** More people into a call of two: whom, and what becomes of it. */
export function AddPeopleDialog({ isOpen, onClose }: AddPeopleDialogProps): ReactNode {
  const { t } = useTranslation('lobby');
  const field = useRef<HTMLInputElement>(null);
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('add-title')} initialFocus={field}>
      {isOpen && <AddPeople onClose={onClose} field={field} />}
    </Dialog>
  );
}

interface AddPeopleProps {
  readonly onClose: () => void;
  readonly field: RefObject<HTMLInputElement | null>;
}

function AddPeople({ onClose, field }: AddPeopleProps): ReactNode {
  const { t } = useTranslation('lobby');
  const { chats } = useCalls();
  const chatId = useActive((call) => call.chatId);
  const peer = useStore(chats.store, ({ list }) => list.chats.get(chatId)?.summary.peer ?? undefined);
  const [picked, setPicked] = useState<readonly User[]>([]);
  const [isRefused, setRefused] = useState(false);
  const { act, isBusy, error } = useAct();
  const { add, titleOf } = useAdding(peer);
  // With the two who are in it, so many can be rung at once.
  const isReady = picked.length > 0 && picked.length + 2 <= EVERYONE_MEMBERS_MAX;

  async function addPicked(): Promise<void> {
    const isDone = await act(() => add(picked));
    if (isDone === true) onClose();
    setRefused(isDone === false);
  }

  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void addPicked();
      }}
    >
      <PeoplePicker
        picked={picked}
        onPick={(next) => {
          setPicked(next);
          setRefused(false);
        }}
        excluded={new Set(peer ? [peer.id] : [])}
        field={field}
      />
      <p className={styles['hint']}>
        {peer && picked.length > 0 ? t('add-hintNamed', { title: titleOf([peer, ...picked]) }) : t('add-hint')}
      </p>
      <Failure text={isRefused ? t('add-refused') : error} />
      <div className={styles['footer']}>
        <Button kind="primary" type="submit" isBusy={isBusy} disabled={!isReady}>
          {t('add-confirm')}
        </Button>
      </div>
    </form>
  );
}
