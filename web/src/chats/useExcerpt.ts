import type { Attachment } from '@dialog/shared/attachments';
import type { Message } from '@dialog/shared/messages';
import { useTranslation } from 'react-i18next';

type Content = Message['content'];

/** A message in a line: its words, and what files it brings. Undefined for what the chat says of itself. */
export function useExcerpt(): (content: Content) => string | undefined {
  const { t } = useTranslation('chats');

  function files(attachments: readonly Attachment[]): string {
    const count = attachments.length;
    const kinds = new Set(attachments.map(({ kind }) => kind));
    const [kind = 'file'] = kinds;
    if (kinds.size > 1) return t('files', { count });
    if (kind === 'picture') return t('photos', { count });
    if (kind === 'video') return t('videos', { count });
    if (kind === 'voice') return t('voiceMessage');
    return count === 1 ? (attachments[0]?.name ?? '') : t('files', { count });
  }

  return (content) => {
    if (content.kind === 'system') return undefined;
    if (content.kind === 'poll') return t('pollPreview', { question: content.question });
    if (content.kind !== 'text') return t(content.kind === 'deleted' ? 'deletedMessage' : 'unreadable');
    const { text, attachments = [] } = content;
    if (attachments.length === 0) return text;
    return text === '' ? files(attachments) : t('withCaption', { what: files(attachments), text });
  };
}
