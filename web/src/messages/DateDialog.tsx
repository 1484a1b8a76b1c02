import type { ChatId } from '@dialog/shared/contract/values';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../platform/useAct.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { TextField } from '../ui/TextField.tsx';
import { useMessages } from './useMessages.ts';

/** Leads to the first message of a day. */
export function DateDialog({ chatId, onClose }: { readonly chatId: ChatId; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('messages');
  const { actions, jumpTo } = useMessages();
  const { act, isBusy, error } = useAct();
  const field = useRef<HTMLInputElement>(null);
  const [today] = useState(() => dayOf(new Date()));
  const [day, setDay] = useState(today);

  async function go(): Promise<void> {
    await act(async () => {
      // Midnight where the person is.
      const position = await actions.positionAt(chatId, new Date(`${day}T00:00:00`));
      if (position !== undefined) await jumpTo(chatId, position, null);
      onClose();
    });
  }

  const isReady = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('goToDate')}
      initialFocus={field}
      footer={
        <Button kind="primary" disabled={!isReady} isBusy={isBusy} onClick={() => void go()}>
          {t('go')}
        </Button>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void go();
        }}
      >
        <TextField ref={field} label={t('day')} type="date" max={today} value={day} onChange={setDay} error={error} />
      </form>
    </Dialog>
  );
}

function dayOf(date: Date): string {
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}
