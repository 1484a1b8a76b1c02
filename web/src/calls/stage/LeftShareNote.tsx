import { ScreenShareOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { canShareScreen } from '../share/shareAbility.ts';
import { useCalls } from '../useCalls.ts';
import styles from './LeftShareNote.module.css';

/** What one shared on the device from which one took the call has ended: no page may begin that by itself. */
export function LeftShareNote(): ReactNode {
  const { t } = useTranslation('stage');
  const { own } = useCalls();
  return (
    <Banner
      isRounded
      icon={<ScreenShareOff aria-hidden="true" />}
      action={
        <span className={styles['actions']}>
          {canShareScreen() && (
            <Button size="s" kind="primary" onClick={() => own.share({ act: 'ask' })}>
              {t('leftShareAgain')}
            </Button>
          )}
          <Button size="s" onClick={() => own.share({ act: 'stop' })}>
            {t('noteRead')}
          </Button>
        </span>
      }
    >
      {t('leftShare')}
    </Banner>
  );
}
