import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import { pollRoutes } from '@dialog/shared/messages.polls';
import { scheduledRoutes } from '@dialog/shared/messages.scheduled';
import { newId } from '../platform/ids.ts';
import { MEMBERS, OUT, OWNER } from './outcomes.ts';
import type { Person } from './people.ts';

interface Place {
  readonly chatId: ChatId;
  /** Posted by the owner. */
  readonly messageId: MessageId;
}

interface MessagePlace extends Place {
  readonly position: number;
}

const inChat = ({ chatId }: Place) => ({ chatId });

const ofMessage = ({ chatId, messageId }: Place) => ({ chatId, messageId });
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const MY_SCHEDULED = ['ok', 'message-not-found', 'chat-not-found', 'chat-not-found', 'chat-not-found', OUT] as const;

const A_POLL = { question: 'When?', options: ['Now', 'Later'], isMultiple: false, isAnonymous: false };

/** Rows of the permission matrix: messages that disappear, that wait for their time, that ask, and that have a thread. */
export const kindRows = {
  setMessageLifetime: {
    ask: (scene: Place) => ({ params: inChat(scene), body: { seconds: 3_600 as const } }),
    may: OWNER,
  },
  scheduleMessage: {
    ask: (scene: Place) => ({
      params: inChat(scene),
      body: { id: newId<MessageId>(), text: 'later', sendAt: inAnHour() },
    }),
    may: MEMBERS,
  },
  listScheduled: { ask: (scene: Place) => ({ params: inChat(scene) }), may: MEMBERS },
  changeScheduled: {
    ask: (scene: Place) => ({ params: ofMessage(scene), body: { text: 'otherwise' } }),
    may: MY_SCHEDULED,
    onMessage: 'scheduled' as const,
  },
  sendScheduled: {
    ask: (scene: Place) => ({ params: ofMessage(scene) }),
    may: MY_SCHEDULED,
    onMessage: 'scheduled' as const,
  },
  cancelScheduled: {
    ask: (scene: Place) => ({ params: ofMessage(scene) }),
    may: MY_SCHEDULED,
    onMessage: 'scheduled' as const,
  },
  postPoll: {
    ask: (scene: Place) => ({ params: inChat(scene), body: { ...A_POLL, id: newId<MessageId>() } }),
    may: MEMBERS,
  },
  vote: {
    ask: (scene: Place) => ({ params: ofMessage(scene), body: { options: [1] } }),
    may: MEMBERS,
    onMessage: 'poll' as const,
  },
  listVoters: {
    ask: (scene: Place) => ({ params: ofMessage(scene), query: { option: '0' } }),
    may: MEMBERS,
    onMessage: 'poll' as const,
  },
  listThreads: { ask: (scene: Place) => ({ params: inChat(scene), query: {} }), may: MEMBERS },
  listThread: {
    ask: (scene: MessagePlace) => ({ params: inChat(scene), query: { root: String(scene.position) } }),
    may: MEMBERS,
    onMessage: true as const,
  },
  followThread: {
    ask: (scene: MessagePlace) => ({ params: inChat(scene), body: { root: scene.position, isOn: true } }),
    may: MEMBERS,
    onMessage: true as const,
  },
  markThreadRead: {
    ask: (scene: MessagePlace) => ({ params: inChat(scene), body: { root: scene.position, position: 5 } }),
    may: MEMBERS,
    onMessage: true as const,
  },
  closePoll: { ask: (scene: Place) => ({ params: ofMessage(scene) }), may: OWNER, onMessage: 'poll' as const },
};

/** What a scene begins with for the rows `onMessage: 'poll'`. */
export async function askFor(owner: Person, { chatId, messageId }: Place): Promise<void> {
  await owner.call(pollRoutes.postPoll, { params: { chatId }, body: { ...A_POLL, id: messageId } });
}

/** What a scene begins with for the rows `onMessage: 'scheduled'`. */
export async function scheduleFor(owner: Person, { chatId, messageId }: Place): Promise<void> {
  const body = { id: messageId, text: 'later', sendAt: inAnHour() };
  await owner.call(scheduledRoutes.scheduleMessage, { params: { chatId }, body });
}
