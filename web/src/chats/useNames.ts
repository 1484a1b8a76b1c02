import type { UserId } from '@dialog/shared/contract/values';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { useChats } from './useChats.ts';

/** What these people are called today, oneself too by name; asked for where it is not known yet. */
export function useNames(userIds: readonly UserId[]): (userId: UserId) => string {
  const { people } = useChats().sync;
  const { t } = useTranslation('chats');
  const names = useStore(
    people.store,
    useShallow((known) => userIds.map((userId) => known.get(userId)?.displayName)),
  );
  useEffect(() => {
    for (const userId of userIds) people.want(userId);
  }, [people, userIds]);
  return (userId) => names[userIds.indexOf(userId)] ?? t('formerMember');
}
