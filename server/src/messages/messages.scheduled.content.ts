import type { TextContent } from '@dialog/shared/messages';
import type { ScheduledMessage } from '@dialog/shared/messages.scheduled';
import type { SealingKey } from '../platform/crypto/sealing.ts';
import { openContent } from './messages.content.ts';
import type { StoredScheduled } from './messages.scheduled.repository.ts';

/** Null when it does not open. */
export function contentOf(key: SealingKey, { chatId, id, kind, body }: StoredScheduled): TextContent | null {
  const content = openContent(key, { chatId, id, kind, body });
  return content.kind === 'text' ? content : null;
}

/** As its sender is shown it. */
export function present(key: SealingKey, stored: StoredScheduled): ScheduledMessage {
  const { id, chatId, replyTo, isSilent, sendAt, failure } = stored;
  const content = contentOf(key, stored);
  return {
    id,
    chatId,
    text: content?.text ?? '',
    ...(content?.attachments ? { attachments: content.attachments } : {}),
    ...(replyTo === null ? {} : { replyTo }),
    ...(isSilent ? { isSilent } : {}),
    sendAt: sendAt.toISOString(),
    ...(failure === null ? {} : { failure }),
  };
}
