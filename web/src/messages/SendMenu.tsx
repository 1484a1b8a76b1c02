import { BellOff, CalendarClock } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { MenuItem } from '../ui/Menu.tsx';
import { MenuPopup } from '../ui/MenuPopup.tsx';

interface SendMenuProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onSendSilently: () => void;
  /** Absent where files go with the words: a message that waits on the server holds none. */
  readonly onSchedule: (() => void) | undefined;
}

/** The other ways to send. */
export function SendMenu({ onSendSilently, onSchedule, ...place }: SendMenuProps): ReactNode {
  const { t } = useTranslation('messages');
  return (
    <MenuPopup {...place} side="top" align="end">
      <MenuItem icon={<BellOff />} onSelect={onSendSilently}>
        {t('sendSilently')}
      </MenuItem>
      {onSchedule && (
        <MenuItem icon={<CalendarClock />} onSelect={onSchedule}>
          {t('scheduleEllipsis')}
        </MenuItem>
      )}
    </MenuPopup>
  );
}
