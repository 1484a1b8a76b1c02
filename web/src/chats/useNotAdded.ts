import type { UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import { useTranslation } from 'react-i18next';
import { toast } from '../ui/toast.ts';

/** Says who does not let themselves be added to groups, and what to do instead. */
export function useNotAdded(): (asked: readonly User[], notAdded: readonly UserId[]) => void {
  const { t, i18n } = useTranslation('chats');
  return (asked, notAdded) => {
    if (notAdded.length === 0) return;
    const names = asked.flatMap((user) => (notAdded.includes(user.id) ? [user.displayName] : []));
    toast(t('notAdded', { names: new Intl.ListFormat(i18n.language).format(names) }));
  };
}
