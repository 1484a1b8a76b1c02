import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import { useTranslation } from 'react-i18next';
import { toast } from '../ui/toast.ts';
import { wantInvites } from './wantedInvites.ts';

interface Adding {
  readonly chatId: ChatId;
  readonly asked: readonly User[];
  readonly notAdded: readonly UserId[];
}

/** Says who does not let themselves be added to groups, and leads to the link that they can be sent instead. */
export function useNotAdded(): (adding: Adding) => void {
  const { t, i18n } = useTranslation('chats');
  return ({ chatId, asked, notAdded }) => {
    if (notAdded.length === 0) return;
    const names = asked.flatMap((user) => (notAdded.includes(user.id) ? [user.displayName] : []));
    toast(t('notAdded', { names: new Intl.ListFormat(i18n.language).format(names) }), {
      action: { label: t('inviteLink'), run: () => wantInvites(chatId) },
    });
  };
}
