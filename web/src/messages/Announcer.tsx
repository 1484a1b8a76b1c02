import type { Message } from '@dialog/shared/messages';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChats } from '../chats/useChats.ts';
import type { ChatHistory } from './messages.store.ts';

/** Longer texts are heard by going to them. */
const SAID_MAX = 240;

interface Heard {
  readonly upTo: number;
  readonly said: Message | undefined;
}

/** Says new messages of others once to screen readers, the sender first. */
export function Announcer({ history: { messages } }: { readonly history: ChatHistory }): ReactNode {
  const { t } = useTranslation('messages');
  const { me, sync } = useChats();
  const newest = messages.at(-1);
  const [{ upTo, said }, setHeard] = useState<Heard>({ upTo: newest?.position ?? 0, said: undefined });
  if (newest && newest.position > upTo) {
    const isNews = newest.senderId !== me && newest.content.kind === 'text';
    setHeard({ upTo: newest.position, said: isNews ? newest : said });
  }

  return (
    <div className="visually-hidden" aria-live="polite" aria-atomic="true">
      {said &&
        t('announced', { name: sync.people.store.getState().get(said.senderId)?.displayName, text: textOf(said) })}
    </div>
  );
}

function textOf({ content }: Message): string {
  return content.kind === 'text' ? content.text.slice(0, SAID_MAX) : '';
}
