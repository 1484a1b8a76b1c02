import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { Video } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import styles from './CallBanner.module.css';
import { useCallIn, useCalls, useOwnCall, usePeopleIn } from './useCalls.ts';
import { PersonAvatar } from '../users/PersonAvatar.tsx';

const FACES_MAX = 4;

/** Above a conversation: a call is going on here, and who is in it. Not shown to who is in it already, or holds it. */
export function CallBanner({ chatId }: { readonly chatId: ChatId }): ReactNode {
  const { t } = useTranslation('calls');
  const { own, me, deviceId: thisDevice } = useCalls();
  const call = useCallIn(chatId);
  const participants = usePeopleIn(chatId);
  const isMine = useOwnCall(({ active, held }) => [active, held].some((mine) => mine?.chatId === chatId));
  const isElsewhere = participants.some(({ userId, deviceId }) => userId === me && deviceId !== thisDevice);
  if (!call || isMine) return null;
  const userIds = [...new Set(participants.map((one) => one.userId))];
  return (
    <section className={styles['banner']} aria-label={t('goingOn')}>
      <span className={styles['sign']}>
        <Video />
      </span>
      <div className={styles['words']}>
        <strong>{t(isElsewhere ? 'youAreElsewhere' : 'goingOn')}</strong>
        <span className={styles['count']}>
          {userIds.length === 0 ? t('nobodyYet') : t('goingOnWith', { count: userIds.length })}
        </span>
      </div>
      <span className={styles['faces']}>
        {userIds.slice(0, FACES_MAX).map((userId) => (
          <Face key={userId} userId={userId} />
        ))}
      </span>
      {isElsewhere && (
        <Button kind="primary" size="s" onClick={() => own.fetch(chatId)}>
          {t('moveHere')}
        </Button>
      )}
      <Button kind={isElsewhere ? 'secondary' : 'primary'} size="s" onClick={() => own.openLobby(chatId)}>
        {t('join')}
      </Button>
    </section>
  );
}

function Face({ userId }: { readonly userId: UserId }): ReactNode {
  const { people } = useCalls().chats;
  const user = useStore(people.store, (known) => known.get(userId));
  useEffect(() => people.want(userId), [people, userId]);
  return (
    <span className={styles['face']} title={user?.displayName}>
      <PersonAvatar user={user ?? { id: userId, displayName: '' }} size={26} />
    </span>
  );
}
