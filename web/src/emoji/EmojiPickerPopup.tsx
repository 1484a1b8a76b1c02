import { Popover } from '@base-ui/react/popover';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { EmojiPanel } from './EmojiPanel.tsx';
import { EmojiTabs } from './EmojiTabs.tsx';
import { PickerTabs } from './PickerTabs.tsx';
import type { PickerTab } from './pickerTab.ts';
import styles from './EmojiPicker.module.css';
import { usePopupHome } from '../ui/popupHome.ts';

interface EmojiPickerPopupProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly anchor: RefObject<HTMLElement | null>;
  readonly returnFocus: RefObject<HTMLElement | null>;
  readonly onPick: (emoji: string) => void;
  readonly beside: PickerTab | undefined;
}

/** The heavy half of `EmojiPicker`. */
export function EmojiPickerPopup(props: EmojiPickerPopupProps): ReactNode {
  const { isOpen, onOpenChange, anchor, returnFocus, onPick, beside } = props;
  const { t } = useTranslation('emoji');
  const home = usePopupHome();
  return (
    <Popover.Root
      open={isOpen}
      onOpenChange={(open, { event }) => {
        // A press on the button itself is the button's business.
        if (!open && event.target instanceof Node && anchor.current?.contains(event.target)) return;
        onOpenChange(open);
      }}
    >
      <Popover.Portal container={home}>
        <Popover.Positioner
          className={styles['positioner']}
          anchor={anchor}
          side="top"
          align="end"
          sideOffset={8}
          collisionPadding={8}
        >
          <Popover.Popup className={styles['popup']} aria-label={t('title')} finalFocus={returnFocus}>
            <PickerTabs beside={beside} onClose={() => onOpenChange(false)}>
              <EmojiTabs onPick={onPick}>
                <EmojiPanel onPick={onPick} />
              </EmojiTabs>
            </PickerTabs>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
