import { UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { countAsking } from '../people/useRelations.ts';
import { Badge } from '../ui/Badge.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './Shell.module.css';
import { useApp } from './useApp.ts';
import { useSession } from './useSession.ts';

/** To one's people, with how many of them ask. */
export function PeopleButton(): ReactNode {
  const { t } = useTranslation('app');
  const { router } = useApp();
  const { sync } = useSession().chats;
  const count = useStore(sync.store, ({ list }) => countAsking(list.relations));
  return (
    <span className={styles['people']}>
      <IconButton label={t('people')} onClick={() => router.go({ name: 'people' })}>
        <UsersRound />
      </IconButton>
      {count > 0 && (
        <span className={styles['asking']}>
          <Badge label={t('asking', { count })}>{count}</Badge>
        </span>
      )}
    </span>
  );
}
