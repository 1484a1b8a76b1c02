import type { User } from '@dialog/shared/users';
import { Ban, UserCheck, UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MenuItem } from '../ui/Menu.tsx';
import { askToBlock } from './askedBlock.ts';
import type { People } from './people.ts';
import { usePeople } from './usePeople.ts';
import { useRelation } from './useRelations.ts';
import { useRun } from './useRun.ts';

interface PersonMenuItemsProps {
  readonly user: User;
}

/** In the menu of a chat with somebody, or of what they wrote: what they may become, and the block. */
export function PersonMenuItems({ user }: PersonMenuItemsProps): ReactNode {
  const people = usePeople();
  return people && <Items user={user} people={people} />;
}

function Items({ user, people }: PersonMenuItemsProps & { readonly people: People }): ReactNode {
  const { t } = useTranslation('people');
  const relation = useRelation(user.id);
  const { run } = useRun();
  const name = user.displayName;
  if (relation?.isBlocked === true) {
    return (
      <MenuItem icon={<Ban />} onSelect={() => run(() => people.unblock(user.id), t('unblocked', { name }))}>
        {t('unblock')}
      </MenuItem>
    );
  }
  const friendship = relation?.friendship ?? 'none';
  return (
    <>
      {friendship === 'none' && (
        <MenuItem
          icon={<UserPlus />}
          onSelect={() => run(() => people.request({ userId: user.id }), t('askedNow', { name }))}
        >
          {t('addFriend')}
        </MenuItem>
      )}
      {friendship === 'asks' && (
        <MenuItem icon={<UserCheck />} onSelect={() => run(() => people.accept(user.id), t('nowFriends', { name }))}>
          {t('acceptOf', { name })}
        </MenuItem>
      )}
      <MenuItem icon={<Ban />} isDanger onSelect={() => askToBlock(user)}>
        {t('blockEllipsis')}
      </MenuItem>
    </>
  );
}
