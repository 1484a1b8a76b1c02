import type { PersonChanges } from '@dialog/shared/chats';
import type { UserId } from '@dialog/shared/contract/values';
import type { AttachmentFeature } from './attachments/attachments.feature.ts';
import type { ChatKeys } from './chats/chats.keys.ts';
import type { ChatService } from './chats/chats.service.ts';
import { messageActsRepository } from './messages/messages.acts.repository.ts';
import { serveMessageActs, serveMessageLooks } from './messages/messages.acts.routes.ts';
import type { MessageActs, MessageActsDeps } from './messages/messages.acts.ts';
import { createForwarding } from './messages/messages.forwarding.ts';
import { createMessageLooks } from './messages/messages.looks.ts';
import { markRepository } from './messages/messages.marks.repository.ts';
import { createMarks } from './messages/messages.marks.ts';
import type { OpenMessages } from './messages/messages.opening.ts';
import { messageRepository } from './messages/messages.repository.ts';
import type { Summaries } from './messages/messages.summaries.ts';
import type { MessageWriter } from './messages/messages.writer.ts';
import type { Platform } from './platform/platform.ts';
import type { UserService } from './users/users.service.ts';

interface Neighbours {
  readonly chats: ChatService;
  readonly keys: ChatKeys;
  readonly open: OpenMessages;
  readonly users: Pick<UserService, 'load'>;
  readonly summaries: Summaries;
  readonly acts: MessageActs;
  readonly writer: MessageWriter;
  readonly copying: AttachmentFeature['copying'];
  readonly tellPerson: (userId: UserId, changes: PersonChanges) => void;
  readonly takenBack: MessageActsDeps['takenBack'];
}

/** The part of the composition root that joins what people do with messages that stand. */
export function serveWhatStands({ db, router, limiter }: Platform, neighbours: Neighbours): void {
  const { chats, keys, open, users, summaries, acts, writer, copying, tellPerson, takenBack } = neighbours;
  const marks = createMarks({
    ...{ db, chats, open, summaries, tellPerson, takenBack },
    messages: messageRepository,
    repository: markRepository,
  });
  const forward = createForwarding({
    ...{ db, chats, keys, users, acts, writer, copying, limiter },
    messages: messageRepository,
  });
  const looks = createMessageLooks({
    ...{ db, chats, keys, open },
    messages: messageRepository,
    acts: messageActsRepository,
    marks: markRepository,
  });
  serveMessageActs(router, { acts, marks, forward });
  serveMessageLooks(router, looks);
}
