import type { ChatSummary } from '@dialog/shared/chats';
import type { Message } from '@dialog/shared/messages';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import { useDesk } from './useDesk.ts';
import { useMessages } from './useMessages.ts';

interface DeleteDialogProps {
  readonly summary: ChatSummary;
  readonly messages: readonly Message[];
  readonly onClose: () => void;
}

/** For oneself always; for everyone what one may take back. */
export function DeleteDialog({ summary, messages, onClose }: DeleteDialogProps): ReactNode {
  const { t } = useTranslation('messages');
  const { me, actions } = useMessages();
  const desk = useDesk();
  const errorText = useErrorText();
  const [busy, setBusy] = useState<'hide' | 'remove'>();
  const [error, setError] = useState<string>();
  const { chat, role } = summary;
  const isManager = chat.kind === 'group' && role !== 'member';
  const mayRemove = messages.every(
    ({ senderId, content }) =>
      content.kind !== 'deleted' &&
      (isManager || (senderId === me && (content.kind === 'text' || content.kind === 'poll'))),
  );

  async function run(what: 'hide' | 'remove'): Promise<void> {
    setBusy(what);
    setError(undefined);
    try {
      await actions[what](chat.id, messages);
      desk.setState({ selected: null });
      onClose();
    } catch (failure) {
      setError(errorText(failure));
    } finally {
      setBusy(undefined);
    }
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('deleteTitle', { count: messages.length })}
      description={t(mayRemove ? 'deleteTextEveryone' : 'deleteTextMe')}
      footer={
        <>
          <Button onClick={() => void run('hide')} isBusy={busy === 'hide'} disabled={busy !== undefined}>
            {t('deleteForMe')}
          </Button>
          {mayRemove && (
            <Button
              kind="danger"
              onClick={() => void run('remove')}
              isBusy={busy === 'remove'}
              disabled={busy !== undefined}
            >
              {t('deleteForEveryone')}
            </Button>
          )}
        </>
      }
    >
      <Failure text={error} />
    </Dialog>
  );
}
