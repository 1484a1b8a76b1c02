import type { Message } from '@dialog/shared/messages';
import { Copy, Forward, Trash2, X } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useChats } from '../chats/useChats.ts';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './Conversation.module.css';
import { copyText } from '../ui/copyText.ts';
import { inOrderOfPlace } from './messages.desk.ts';
import { useDesk } from './useDesk.ts';

/** Instead of the header while messages are picked: what is done with all of them. */
export function SelectionBar({ selected }: { readonly selected: ReadonlyMap<string, Message> }): ReactNode {
  const { t } = useTranslation('messages');
  const { people } = useChats().sync;
  const desk = useDesk();
  const messages = inOrderOfPlace(selected.values());
  const texts = messages.filter(({ content }) => content.kind === 'text');
  const stop = (): void => desk.setState({ selected: null });

  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || desk.getState().dialog) return;
      event.preventDefault();
      desk.setState({ selected: null });
    };
    // Before the page's own keys, which would leave the chat.
    addEventListener('keydown', hear, { capture: true });
    return () => removeEventListener('keydown', hear, { capture: true });
  }, [desk]);

  function copy(): void {
    const known = people.store.getState();
    const lines = texts.flatMap(({ senderId, content }) =>
      content.kind === 'text' ? [`${known.get(senderId)?.displayName ?? ''}: ${content.text}`] : [],
    );
    copyText(lines.join('\n'), t('copied'), t('copyFailed'));
    stop();
  }

  return (
    <header className={styles['header']} aria-label={t('selection')}>
      <IconButton label={t('stopSelecting')} onClick={stop}>
        <X />
      </IconButton>
      <output className={styles['count']}>{t('selected', { count: messages.length })}</output>
      <IconButton label={t('copy')} disabled={texts.length === 0} onClick={copy}>
        <Copy />
      </IconButton>
      <IconButton
        label={t('forward')}
        disabled={texts.length === 0}
        onClick={() => desk.setState({ dialog: { kind: 'forward', messages: texts } })}
      >
        <Forward />
      </IconButton>
      <IconButton
        label={t('deleteEllipsis')}
        disabled={messages.length === 0}
        onClick={() => desk.setState({ dialog: { kind: 'delete', messages } })}
      >
        <Trash2 />
      </IconButton>
    </header>
  );
}
