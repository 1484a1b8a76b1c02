import type { Message } from '@dialog/shared/messages';
import { useErrorText } from '../platform/useErrorText.ts';
import { toast } from '../ui/toast.ts';
import { useApp } from './useApp.ts';
import { useSession } from './useSession.ts';

/** Shows a message in its place in its chat. */
export function useOpenMessage(): (at: Pick<Message, 'chatId' | 'position'>) => void {
  const { router } = useApp();
  const { messages } = useSession();
  const errorText = useErrorText();
  return ({ chatId, position }) => {
    router.go({ name: 'chat', chatId });
    messages.jumpTo(chatId, position).catch((failure: unknown) => toast(errorText(failure), { kind: 'danger' }));
  };
}
