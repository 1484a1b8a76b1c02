import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';
import type { Incoming } from './rings.state.ts';
import type { Rings } from './rings.ts';
import { useDeclineWith } from './useDeclineWith.ts';
import { useRingName } from './useRingName.ts';

interface DeclineWithWordsProps {
  readonly ring: Incoming;
  readonly rings: Rings;
  readonly onClose: () => void;
}

const LENGTH_MAX = 300;

/** Instead of an answer: a message in the chat. */
export function DeclineWithWords({ ring, rings, onClose }: DeclineWithWordsProps): ReactNode {
  const { t } = useTranslation('ring');
  const { caller, group } = useRingName(ring);
  const decline = useDeclineWith(ring, rings);
  const [text, setText] = useState('');
  const said = text.trim();

  function send(event: FormEvent): void {
    event.preventDefault();
    if (said === '') return;
    onClose();
    decline(said);
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('declineTitle', { name: group ?? caller })}
      footer={
        <Button kind="primary" type="submit" form="decline-words" disabled={said === ''}>
          {t('declineSend')}
        </Button>
      }
    >
      <form id="decline-words" onSubmit={send}>
        <TextField
          label={t('declineText')}
          hint={group === undefined ? undefined : t('declineGroup', { name: group })}
          value={text}
          maxLength={LENGTH_MAX}
          onChange={setText}
        />
      </form>
    </Dialog>
  );
}
