import { Sparkles } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { takeUpdate, updateStore } from '../platform/serviceWorker.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import styles from './UpdateNote.module.css';
import { useSession } from './useSession.ts';

/** Offers a new build; takes it only when asked, and after what was typed is safely kept. */
export function UpdateNote(): ReactNode {
  const { t } = useTranslation('app');
  const session = useSession();
  const isReady = useStore(updateStore, (state) => state.isReady);
  const [isPutOff, setPutOff] = useState(false);
  if (!isReady || isPutOff) return null;
  return (
    <div className={styles['place']}>
      <Banner
        icon={<Sparkles />}
        isRounded
        action={
          <>
            <Button size="s" kind="quiet" onClick={() => setPutOff(true)}>
              {t('later')}
            </Button>
            <Button size="s" kind="primary" onClick={() => void session.keepDrafts().finally(takeUpdate)}>
              {t('reload')}
            </Button>
          </>
        }
      >
        {t('newVersion')}
      </Banner>
    </div>
  );
}
