import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';

interface DeclineWithWordsProps {
  readonly name: string;
  readonly onClose: () => void;
  readonly onSend: (text: string) => void;
}

const LENGTH_MAX = 300;

/** Instead of an answer: a message in the chat. */
export function DeclineWithWords({ name, onClose, onSend }: DeclineWithWordsProps): ReactNode {
  const { t } = useTranslation('ring');
  const [text, setText] = useState('');
  const said = text.trim();

  function send(event: FormEvent): void {
    event.preventDefault();
    if (said === '') return;
    onClose();
    onSend(said);
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('declineTitle', { name })}
      footer={
        <Button kind="primary" type="submit" form="decline-words" disabled={said === ''}>
          {t('declineSend')}
        </Button>
      }
    >
      <form id="decline-words" onSubmit={send}>
        <TextField label={t('declineText')} value={text} maxLength={LENGTH_MAX} onChange={setText} />
      </form>
    </Dialog>
  );
}
