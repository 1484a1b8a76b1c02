import type { User } from '@dialog/shared/users';
import { Check, Hourglass } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './People.module.css';
import type { People } from './people.ts';
import { PersonActs } from './PersonActs.tsx';
import { useRelation } from './useRelations.ts';

interface CardActsProps {
  readonly user: User;
  readonly people: People;
}

/** On somebody's card: how one stands to them, and what one may do about it. */
export function CardActs({ user, people }: CardActsProps): ReactNode {
  return (
    <div className={styles['cardActs']}>
      <Standing user={user} />
      <PersonActs user={user} people={people} />
    </div>
  );
}

function Standing({ user }: Pick<CardActsProps, 'user'>): ReactNode {
  const { t } = useTranslation('people');
  const relation = useRelation(user.id);
  if (relation?.isBlocked === true) {
    return <p className={styles['standing']}>{t('youBlocked', { name: user.displayName })}</p>;
  }
  const friendship = relation?.friendship;
  if (friendship !== 'friends' && friendship !== 'asked') return null;
  const Sign = friendship === 'friends' ? Check : Hourglass;
  return (
    <p className={styles['standing']}>
      <Sign size={16} aria-hidden="true" /> {t(friendship === 'friends' ? 'areFriends' : 'asked')}
    </p>
  );
}
