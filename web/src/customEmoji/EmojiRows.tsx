import type { ChatSummary } from '@dialog/shared/chats';
import { SmilePlus } from 'lucide-react';
import { type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayManage } from '../chats/members.store.ts';
import { lazy } from '../platform/late.ts';
import { ListButton } from '../ui/ListButton.tsx';
import type { CustomEmojis } from './customEmoji.ts';

const EmojiDialog = lazy(async () => ({ default: (await import('./EmojiDialog.tsx')).EmojiDialog }));

interface EmojiRowsProps {
  readonly summary: ChatSummary;
  readonly customEmoji: CustomEmojis;
}

/** On a group's page: the emoji it has made for itself; for owners and admins. */
export function EmojiRows({ summary: { chat, role }, customEmoji }: EmojiRowsProps): ReactNode {
  const { t } = useTranslation('customEmoji');
  const [isOpen, setOpen] = useState(false);
  if (chat.kind !== 'group' || !mayManage(role)) return null;
  return (
    <>
      <ListButton icon={<SmilePlus aria-hidden="true" />} onClick={() => setOpen(true)}>
        {t('title')}
      </ListButton>
      <Suspense>
        {isOpen && <EmojiDialog onClose={() => setOpen(false)} chatId={chat.id} customEmoji={customEmoji} />}
      </Suspense>
    </>
  );
}
