import type { Message } from '@dialog/shared/messages';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChats } from '../chats/useChats.ts';
import type { ChatHistory } from './messages.store.ts';

/** Longer texts are heard by going to them. */
const SAID_MAX = 240;

/** Says new messages of others once to screen readers, the sender first. */
export function Announcer({ history: { messages } }: { readonly history: ChatHistory }): ReactNode {
  const { t } = useTranslation('messages');
  const { me, sync } = useChats();
  const newest = messages.at(-1);
  const saidUpTo = useRef(newest?.position ?? 0);
  const [said, setSaid] = useState<Message>();

  useEffect(() => {
    if (!newest || newest.position <= saidUpTo.current) return;
    saidUpTo.current = newest.position;
    if (newest.senderId !== me && newest.content.kind === 'text') setSaid(newest);
  }, [newest, me]);

  const name = said && sync.people.store.getState().get(said.senderId)?.displayName;
  return (
    <div className="visually-hidden" aria-live="polite" aria-atomic="true">
      {said?.content.kind === 'text' && t('announced', { name, text: said.content.text.slice(0, SAID_MAX) })}
    </div>
  );
}
