import type { ChatId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../platform/useAct.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import { toast } from '../ui/toast.ts';
import { ChatChoice, toggled } from './ChatChoice.tsx';
import { inOrderOfPlace } from './messages.desk.ts';
import { useDesk } from './useDesk.ts';
import { useMessages } from './useMessages.ts';

interface ForwardDialogProps {
  readonly chatId: ChatId;
  readonly messages: readonly Message[];
  readonly onClose: () => void;
}

/** One or many messages to one or many chats. */
export function ForwardDialog({ chatId, messages, onClose }: ForwardDialogProps): ReactNode {
  const { t } = useTranslation('messages');
  const { actions } = useMessages();
  const desk = useDesk();
  const { act, isBusy, error } = useAct();
  const field = useRef<HTMLInputElement>(null);
  const [picked, setPicked] = useState<ReadonlySet<ChatId>>(new Set());

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
      <ChatChoice picked={picked} onToggle={(id) => setPicked(toggled(picked, id))} field={field} />
      <Failure text={error} />
    </Dialog>
  );
}
