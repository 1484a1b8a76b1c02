import { Compass, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import styles from './pages.module.css';
import { useApp } from './useApp.ts';

export function BrokenPage(): ReactNode {
  const { t } = useTranslation('app');
  return (
    <main className={styles['page']}>
      <EmptyState
        icon={<TriangleAlert />}
        title={t('brokenTitle')}
        text={t('brokenText')}
        action={
          <Button kind="primary" onClick={() => location.reload()}>
            {t('reload')}
          </Button>
        }
      />
    </main>
  );
}

export function NotFound(): ReactNode {
  const { t } = useTranslation('app');
  const { router } = useApp();
  return (
    <EmptyState
      icon={<Compass />}
      title={t('notFoundTitle')}
      text={t('notFoundText')}
      action={
        <Button kind="primary" onClick={() => router.go({ name: 'home' })}>
          {t('toChats')}
        </Button>
      }
    />
  );
}
