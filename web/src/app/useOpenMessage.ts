import type { Message } from '@dialog/shared/messages';
import { useErrorText } from '../platform/useErrorText.ts';
import { toast } from '../ui/toast.ts';
import { useApp } from './useApp.ts';
import { useSession } from './useSession.ts';

/** Shows a message in its place in its chat. */
export function useOpenMessage(): (at: Pick<Message, 'chatId' | 'position' | 'thread'>) => void {
  const { router } = useApp();
  const { messages } = useSession();
  const errorText = useErrorText();
  return ({ chatId, position, thread = null }) => {
    const { place } = router.store.getState();
    if (place.name !== 'chat' || place.chatId !== chatId) router.go({ name: 'chat', chatId });
    messages
      .jumpTo(chatId, position, thread)
      .catch((failure: unknown) => toast(errorText(failure), { kind: 'danger' }));
  };
}
