import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { PersonAvatar } from '../../users/PersonAvatar.tsx';
import { useCalls, usePeopleIn } from '../useCalls.ts';
import styles from './InsideNow.module.css';

const FACES_MAX = 5;
const NAMES_MAX = 3;

/** Who one is about to meet. */
export function InsideNow({ chatId }: { readonly chatId: ChatId }): ReactNode {
  const { t, i18n } = useTranslation('lobby');
  const { people } = useCalls().chats;
  const participants = usePeopleIn(chatId);
  const known = useStore(people.store);
  const userIds = [...new Set(participants.map((one) => one.userId))];
  const names = userIds.slice(0, NAMES_MAX).flatMap((userId) => known.get(userId)?.displayName ?? []);
  const others = userIds.length - names.length;
  const everyone = others === 0 ? names : [...names, t('insideOthers', { count: others })];
  if (userIds.length === 0) return <Nobody />;
  return (
    <div className={styles['inside']}>
      <span className={styles['faces']} aria-hidden="true">
        {userIds.slice(0, FACES_MAX).map((userId) => (
          <Face key={userId} userId={userId} />
        ))}
      </span>
      <span className={styles['names']}>
        {t('inside', {
          count: userIds.length,
          names: new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(everyone),
        })}
      </span>
    </div>
  );
}

function Face({ userId }: { readonly userId: UserId }): ReactNode {
  const { people } = useCalls().chats;
  const user = useStore(people.store, (known) => known.get(userId));
  useEffect(() => people.want(userId), [people, userId]);
  return (
    <span className={styles['face']}>
      <PersonAvatar user={user ?? { id: userId, displayName: '' }} size={28} />
    </span>
  );
}

function Nobody(): ReactNode {
  const { t } = useTranslation('calls');
  return <p className={styles['nobody']}>{t('nobodyYet')}</p>;
}
