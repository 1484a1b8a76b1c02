import type { AttachmentFeature } from './attachments/attachments.feature.ts';
import type { ChatKeys } from './chats/chats.keys.ts';
import type { ChatService } from './chats/chats.service.ts';
import type { MessageActs } from './messages/messages.acts.ts';
import { createExpiry } from './messages/messages.expiry.ts';
import { expiryRepository } from './messages/messages.expiry.repository.ts';
import { markRepository } from './messages/messages.marks.repository.ts';
import { pollRepository } from './messages/messages.polls.repository.ts';
import { servePolls } from './messages/messages.polls.routes.ts';
import { createPolls } from './messages/messages.polls.ts';
import { messageRepository } from './messages/messages.repository.ts';
import { scheduledRepository } from './messages/messages.scheduled.repository.ts';
import { serveScheduled } from './messages/messages.scheduled.routes.ts';
import { createScheduled } from './messages/messages.scheduled.ts';
import type { MessageWriter } from './messages/messages.writer.ts';
import type { Platform } from './platform/platform.ts';

interface Neighbours {
  readonly chats: ChatService;
  readonly keys: ChatKeys;
  readonly acts: MessageActs;
  readonly writer: MessageWriter;
  readonly attachments: Pick<AttachmentFeature, 'service' | 'removal'>;
}

/** The part of the composition root that joins messages that disappear, that ask, and that wait for their time. */
export function createKinds(
  { db, log, now, router, sockets }: Pick<Platform, 'db' | 'log' | 'now' | 'router' | 'sockets'>,
  { chats, keys, acts, writer, attachments }: Neighbours,
) {
  const expiry = createExpiry({
    ...{ db, chats, acts, now },
    messages: messageRepository,
    repository: expiryRepository,
    onError: (error) => log.warn({ err: error }, 'messages: expiring will be tried again'),
  });
  const polls = createPolls({
    ...{ db, chats, keys, acts, writer, now },
    messages: messageRepository,
    marks: markRepository,
    repository: pollRepository,
  });
  const scheduled = createScheduled({
    ...{ db, chats, keys, writer, now },
    messages: messageRepository,
    repository: scheduledRepository,
    attachments: { ...attachments.service, heldRemoved: attachments.removal.heldRemoved },
    tell: (userId, chatId) => sockets.tell(`user:${userId}`, 'scheduledChanged', { chatId }),
    onError: (error) => log.warn({ err: error }, 'messages: a scheduled message will be tried again'),
  });
  serveScheduled(router, scheduled);
  servePolls(router, polls);
  return { expiry, scheduled };
}
