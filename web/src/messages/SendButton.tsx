import { Check, ChevronUp, SendHorizontal } from 'lucide-react';
import { type PointerEvent, type ReactNode, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lazy } from '../platform/late.ts';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './Composer.module.css';

const SendMenu = lazy(async () => ({ default: (await import('./SendMenu.tsx')).SendMenu }));

interface SendButtonProps {
  readonly isReady: boolean;
  readonly isEdit: boolean;
  readonly onSendSilently: () => void;
  /** Absent where it cannot be put off. */
  readonly onSchedule: (() => void) | undefined;
}

const LONG_PRESS_MS = 450;

/** Sends, or saves; a long press, the other mouse button or the arrow beside it opens the other ways to send. */
export function SendButton({ isReady, isEdit, onSendSilently, onSchedule }: SendButtonProps): ReactNode {
  const { t } = useTranslation('messages');
  const anchor = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setOpened] = useState(false);
  const hasMenu = isReady && !isEdit;
  const press = useLongPress(open);

  function open(): void {
    if (!hasMenu) return;
    setOpened(true);
    setOpen(true);
  }

  return (
    <>
      {hasMenu && (
        <span className={styles['sendMore']}>
          <IconButton
            size="s"
            label={t('sendMore')}
            hasTooltip={false}
            aria-haspopup="menu"
            aria-expanded={isOpen}
            onClick={open}
          >
            <ChevronUp />
          </IconButton>
        </span>
      )}
      <IconButton
        ref={anchor}
        label={t(isEdit ? 'save' : 'send')}
        kind={isReady ? 'filled' : 'plain'}
        type="submit"
        hasTooltip={false}
        disabled={!isReady}
        onContextMenu={(event) => {
          event.preventDefault();
          open();
        }}
        {...press}
      >
        {isEdit ? <Check /> : <SendHorizontal className={styles['sendIcon']} />}
      </IconButton>
      {wasOpened && (
        <Suspense>
          <SendMenu
            isOpen={isOpen && hasMenu}
            onOpenChange={setOpen}
            anchor={anchor}
            onSendSilently={onSendSilently}
            onSchedule={onSchedule}
          />
        </Suspense>
      )}
    </>
  );
}

/** Not every touch screen tells of a long press by itself; the click at its end is no click. */
function useLongPress(act: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const wasLong = useRef(false);
  const end = (): void => clearTimeout(timer.current);
  return {
    onPointerDown({ pointerType }: PointerEvent) {
      wasLong.current = false;
      if (pointerType !== 'touch') return;
      timer.current = setTimeout(() => {
        wasLong.current = true;
        act();
      }, LONG_PRESS_MS);
    },
    onPointerUp: end,
    onPointerCancel: end,
    onClick(event: { preventDefault(): void }) {
      if (wasLong.current) event.preventDefault();
      wasLong.current = false;
    },
  };
}
