import type { Message } from '@dialog/shared/messages';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChats } from '../chats/useChats.ts';
import { useExcerpt } from '../chats/useExcerpt.ts';
import { usePlainText } from '../chats/usePlainText.ts';
import type { ChatHistory } from './messages.store.ts';

/** Longer texts are heard by going to them. */
const SAID_MAX = 240;

interface Heard {
  readonly upTo: number;
  readonly said: Message | undefined;
}

/** Says new messages of others once to screen readers, the sender first. */
export function Announcer({ history: { messages } }: { readonly history: ChatHistory }): ReactNode {
  const { me } = useChats();
  const newest = messages.at(-1);
  const [{ upTo, said }, setHeard] = useState<Heard>({ upTo: newest?.position ?? 0, said: undefined });
  if (newest && newest.position > upTo) {
    const isNews = newest.senderId !== me && isSaid(newest);
    setHeard({ upTo: newest.position, said: isNews ? newest : said });
  }

  // What was taken back, or is over, is no longer to be read anywhere.
  const standing = said && messages.findLast((message) => message.id === said.id && isSaid(message));
  return (
    <div className="visually-hidden" aria-live="polite" aria-atomic="true">
      {standing && <Said message={standing} />}
    </div>
  );
}

function isSaid({ content }: Message): boolean {
  return content.kind === 'text' || content.kind === 'poll';
}

function Said({ message: { senderId, content } }: { readonly message: Message }): ReactNode {
  const { t } = useTranslation('messages');
  const { people } = useChats().sync;
  const text = usePlainText(useExcerpt()(content) ?? '');
  return t('announced', { name: people.store.getState().get(senderId)?.displayName, text: text.slice(0, SAID_MAX) });
}
