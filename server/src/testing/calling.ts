import { callHistoryRoutes } from '@dialog/shared/calls.history';
import { callRoutes } from '@dialog/shared/calls';
import type { CallId, ChatId, DeviceId } from '@dialog/shared/contract/values';
import { messageRoutes } from '@dialog/shared/messages';
import { newId } from '../platform/ids.ts';
import type { Person } from './people.ts';
import type { TestNode } from './startTestApp.ts';

/** Begins a voice call, or finds the one that goes on. */
export async function startCall(person: Person, chatId: ChatId, node?: TestNode): Promise<CallId> {
  const id = newId<CallId>();
  const chat = await person.call(callRoutes.startCall, { params: { chatId }, body: { id, isVideo: false } }, node);
  return chat.call?.id ?? id;
}

/** Before anybody came. */
export function hangUp(person: Person, callId: CallId) {
  return person.call(callRoutes.leaveCall, { params: { callId }, body: { deviceId: newId<DeviceId>() } });
}

/** What became of somebody's calls, the newest first. */
export async function pastOf(person: Person, missed?: 'only'): Promise<string[]> {
  const { calls } = await person.call(callHistoryRoutes.listCalls, { query: missed ? { missed } : {} });
  return calls.map(({ outcome }) => outcome);
}

/** What the chat says of how its last call ended. */
export async function noteIn(person: Person, chatId: ChatId) {
  const found = await person.call(messageRoutes.listChanges, { params: { chatId }, query: { since: '0' } });
  const contents = found.kind === 'changes' ? found.changes.messages.map(({ content }) => content) : [];
  const notes = contents.flatMap((content) => (content.kind === 'system' ? [content.note] : []));
  return notes.findLast((note) => note.what === 'callEnded');
}
