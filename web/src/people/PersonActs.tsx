import type { User } from '@dialog/shared/users';
import { Ban, UserCheck, UserPlus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ListButton } from '../ui/ListButton.tsx';
import { BlockDialog } from './BlockDialog.tsx';
import type { People } from './people.ts';
import { useRelation } from './useRelations.ts';
import { useRun } from './useRun.ts';

interface PersonActsProps {
  readonly user: User;
  readonly people: People;
}

/** Where somebody is shown: what one may become to them, and the block. */
export function PersonActs({ user, people }: PersonActsProps): ReactNode {
  const { t } = useTranslation('people');
  const relation = useRelation(user.id);
  const { run, isBusy } = useRun();
  const [isAsking, setAsking] = useState(false);
  const name = user.displayName;
  if (relation?.isBlocked === true) {
    return (
      <ListButton
        icon={<Ban aria-hidden="true" />}
        isBusy={isBusy}
        onClick={() => run(() => people.unblock(user.id), t('unblocked', { name }))}
      >
        {t('unblockOf', { name })}
      </ListButton>
    );
  }
  return (
    <>
      {(relation === undefined || relation.friendship === 'none') && (
        <ListButton
          icon={<UserPlus aria-hidden="true" />}
          isBusy={isBusy}
          onClick={() => run(() => people.request({ userId: user.id }), t('askedNow', { name }))}
        >
          {t('addFriend')}
        </ListButton>
      )}
      {relation?.friendship === 'asks' && (
        <ListButton
          icon={<UserCheck aria-hidden="true" />}
          isBusy={isBusy}
          onClick={() => run(() => people.accept(user.id), t('nowFriends', { name }))}
        >
          {t('acceptOf', { name })}
        </ListButton>
      )}
      <ListButton icon={<Ban aria-hidden="true" />} onClick={() => setAsking(true)}>
        {t('blockEllipsis')}
      </ListButton>
      <BlockDialog isOpen={isAsking} onClose={() => setAsking(false)} user={user} people={people} />
    </>
  );
}
