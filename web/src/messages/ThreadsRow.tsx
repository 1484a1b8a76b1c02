import type { ChatId } from '@dialog/shared/contract/values';
import { MessagesSquare } from 'lucide-react';
import { type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSummary } from '../chats/useChats.ts';
import { lazy } from '../platform/late.ts';
import { ListButton } from '../ui/ListButton.tsx';

const ThreadsDialog = lazy(async () => ({ default: (await import('./ThreadsDialog.tsx')).ThreadsDialog }));

/** In the details of a group: leads to its threads. */
export function ThreadsRow({ chatId }: { readonly chatId: ChatId }): ReactNode {
  const { t } = useTranslation('messages');
  const [isOpen, setOpen] = useState(false);
  if (useSummary(chatId)?.chat.kind !== 'group') return null;
  return (
    <>
      <ListButton icon={<MessagesSquare aria-hidden="true" />} onClick={() => setOpen(true)}>
        {t('threads')}
      </ListButton>
      {isOpen && (
        <Suspense>
          <ThreadsDialog chatId={chatId} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
