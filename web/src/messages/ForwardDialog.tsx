import type { ChatId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import { Check, Search } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { ChatAvatar } from '../chats/ChatAvatar.tsx';
import { inOrder } from '../chats/chats.store.ts';
import { useChats, useChatTitle } from '../chats/useChats.ts';
import { useAct } from '../platform/useAct.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import { TextField } from '../ui/TextField.tsx';
import { toast } from '../ui/toast.ts';
import styles from './dialogs.module.css';
import { inOrderOfPlace } from './messages.desk.ts';
import { useDesk } from './useDesk.ts';
import { useMessages } from './useMessages.ts';

interface ForwardDialogProps {
  readonly chatId: ChatId;
  readonly messages: readonly Message[];
  readonly onClose: () => void;
}

const SHOWN_MAX = 50;

/** One or many messages to one or many chats. */
export function ForwardDialog({ chatId, messages, onClose }: ForwardDialogProps): ReactNode {
  const { t } = useTranslation('messages');
  const { actions } = useMessages();
  const desk = useDesk();
  const { act, isBusy, error } = useAct();
  const field = useRef<HTMLInputElement>(null);
  const [picked, setPicked] = useState<ReadonlySet<ChatId>>(new Set());

  function toggle(id: ChatId): void {
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    setPicked(next);
  }

  async function forward(): Promise<void> {
    await act(async () => {
      await actions.forward(chatId, inOrderOfPlace(messages), [...picked]);
      desk.setState({ selected: null });
      toast(t('forwarded', { count: messages.length }), { kind: 'success' });
      onClose();
    });
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('forwardTitle', { count: messages.length })}
      initialFocus={field}
      footer={
        <Button kind="primary" disabled={picked.size === 0} isBusy={isBusy} onClick={() => void forward()}>
          {picked.size > 1 ? t('forwardToChats', { count: picked.size }) : t('forward')}
        </Button>
      }
    >
      <ChatChoice picked={picked} onToggle={toggle} field={field} />
      <Failure text={error} />
    </Dialog>
  );
}

interface ChatChoiceProps {
  readonly picked: ReadonlySet<ChatId>;
  readonly onToggle: (chatId: ChatId) => void;
  readonly field: React.RefObject<HTMLInputElement | null>;
}

function ChatChoice({ picked, onToggle, field }: ChatChoiceProps): ReactNode {
  const { t } = useTranslation('messages');
  const { sync } = useChats();
  const titleOf = useChatTitle();
  const list = useStore(sync.store, (state) => state.list);
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLocaleLowerCase();
  const shown = inOrder(list)
    .map(({ summary }) => ({ summary, title: titleOf(summary) }))
    .filter(({ title, summary }) => `${title} ${summary.peer?.userName ?? ''}`.toLocaleLowerCase().includes(wanted))
    .slice(0, SHOWN_MAX);
  return (
    <>
      <TextField
        ref={field}
        label={t('findChat')}
        placeholder={t('findChat')}
        isLabelHidden
        type="search"
        value={filter}
        onChange={setFilter}
        lead={<Search aria-hidden="true" />}
      />
      <ul className={styles['list']}>
        {shown.map(({ summary, title }) => (
          <li key={summary.chat.id}>
            <label className={styles['choice']}>
              <input
                type="checkbox"
                className="visually-hidden"
                checked={picked.has(summary.chat.id)}
                onChange={() => onToggle(summary.chat.id)}
              />
              <ChatAvatar summary={summary} size={36} />
              <span className={styles['choiceName']}>
                <bdi>{title}</bdi>
              </span>
              <span className={styles['tick']}>{picked.has(summary.chat.id) && <Check aria-hidden="true" />}</span>
            </label>
          </li>
        ))}
      </ul>
    </>
  );
}
