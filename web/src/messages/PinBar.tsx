import type { ChatId } from '@dialog/shared/contract/values';
import { List, Pin } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../platform/useErrorText.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { toast } from '../ui/toast.ts';
import styles from './PinBar.module.css';
import { QuotedLines } from './Quote.tsx';
import { useDesk } from './useDesk.ts';
import { useMessages } from './useMessages.ts';
import { usePins } from './usePins.ts';

/** Under the header: a pinned message to be led to; each press shows the one before it. */
export function PinBar({ chatId }: { readonly chatId: ChatId }): ReactNode {
  const { t } = useTranslation('messages');
  const { jumpTo } = useMessages();
  const desk = useDesk();
  const errorText = useErrorText();
  const pins = usePins(chatId);
  const [at, setAt] = useState(0);
  const shown = pins[at % Math.max(1, pins.length)];
  if (!shown) return null;

  function go(position: number): void {
    setAt((at + 1) % pins.length);
    jumpTo(chatId, position).catch((failure: unknown) => toast(errorText(failure), { kind: 'danger' }));
  }

  return (
    <div className={styles['bar']}>
      <Pin className={styles['sign']} aria-hidden="true" />
      <button type="button" className={styles['pinned']} onClick={() => go(shown.position)}>
        <span className="visually-hidden">{t('goToPinned')}</span>
        <QuotedLines quoted={shown} />
      </button>
      {pins.length > 1 && (
        <IconButton
          size="s"
          label={t('pinsTitle', { count: pins.length })}
          onClick={() => desk.setState({ dialog: { kind: 'pins' } })}
        >
          <List />
        </IconButton>
      )}
    </div>
  );
}
