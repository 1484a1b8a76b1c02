import { Tabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './PickerTabs.module.css';
import type { PickerTab } from './pickerTab.ts';

interface PickerTabsProps {
  readonly beside: PickerTab | undefined;
  readonly onClose: () => void;
  /** The emoji. */
  readonly children: ReactNode;
}

/** Emoji alone, or with what stands beside them. */
export function PickerTabs({ beside, onClose, children }: PickerTabsProps): ReactNode {
  const { t } = useTranslation('emoji');
  if (!beside) return children;
  return (
    <Tabs.Root defaultValue="emoji">
      <Tabs.Panel value="emoji">{children}</Tabs.Panel>
      <Tabs.Panel value="beside">{beside.render(onClose)}</Tabs.Panel>
      <Tabs.List className={styles['tabs']} activateOnFocus>
        <Tabs.Tab value="emoji" className={styles['tab']}>
          {t('tab')}
        </Tabs.Tab>
        <Tabs.Tab value="beside" className={styles['tab']}>
          {beside.label}
        </Tabs.Tab>
      </Tabs.List>
    </Tabs.Root>
  );
}
