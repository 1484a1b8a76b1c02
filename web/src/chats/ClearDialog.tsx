import type { ChatSummary } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import styles from './ClearDialog.module.css';
import { mayManage } from './members.store.ts';
import { useChats, useChatTitle, useSummary } from './useChats.ts';

interface ClearDialogProps {
  readonly chatId: ChatId;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Asks for whom the history goes. It cannot be undone, so each answer says what it does. */
export function ClearDialog({ chatId, ...dialog }: ClearDialogProps): ReactNode {
  const summary = useSummary(chatId);
  return summary && <Asked summary={summary} {...dialog} />;
}

type Whom = 'me' | 'everyone';

function Asked({
  summary,
  isOpen,
  onClose,
}: Omit<ClearDialogProps, 'chatId'> & { readonly summary: ChatSummary }): ReactNode {
  const { t } = useTranslation('chats');
  const { clearing } = useChats();
  const errorText = useErrorText();
  const title = useChatTitle()(summary);
  const [busy, setBusy] = useState<Whom>();
  const [error, setError] = useState<string>();
  const { kind, id } = summary.chat;
  // In one's own notes the two are the same.
  const mayForMe = kind !== 'notes';
  const mayForEveryone = kind !== 'group' || mayManage(summary.role);

  function close(): void {
    setError(undefined);
    onClose();
  }

  async function clear(whom: Whom): Promise<void> {
    setBusy(whom);
    setError(undefined);
    try {
      await (whom === 'me' ? clearing.forMe(id) : clearing.forEveryone(id));
      close();
    } catch (failure) {
      setError(errorText(failure));
    } finally {
      setBusy(undefined);
    }
  }

  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={t(`clearTitle_${kind}`, { title })}
      description={t('clearText')}
      footer={
        <>
          {mayForMe && (
            <Button
              kind={mayForEveryone ? 'quiet' : 'danger'}
              onClick={() => void clear('me')}
              isBusy={busy === 'me'}
              disabled={busy !== undefined}
            >
              {t('clearForMe')}
            </Button>
          )}
          {mayForEveryone && (
            <Button
              kind="danger"
              onClick={() => void clear('everyone')}
              isBusy={busy === 'everyone'}
              disabled={busy !== undefined}
            >
              {t(`clearForEveryone_${kind}`)}
            </Button>
          )}
        </>
      }
    >
      <dl className={styles['choices']}>
        {mayForMe && (
          <div>
            <dt>{t('clearForMe')}</dt>
            <dd>{t(kind === 'direct' ? 'clearForMeText_direct' : 'clearForMeText_group', { title })}</dd>
          </div>
        )}
        {mayForEveryone && (
          <div>
            <dt>{t(`clearForEveryone_${kind}`)}</dt>
            <dd>{t('clearForEveryoneText')}</dd>
          </div>
        )}
      </dl>
      <Failure text={error} />
    </Dialog>
  );
}
