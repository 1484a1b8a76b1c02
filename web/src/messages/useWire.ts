import type { UserId } from '@dialog/shared/contract/values';
import { mentionsIn } from '@dialog/shared/mentions';
import { useChats } from '../chats/useChats.ts';
import type { People } from '../chats/people.store.ts';
import { fromWire, type Mentionable, toWire } from './mentionText.ts';
import type { Task } from './messages.desk.ts';

/** A message's text as its writer goes on writing it, with user names. */
export function editableText(text: string, people: People): string {
  const known = people.store.getState();
  return fromWire(text, (userId) => known.get(userId)?.userName);
}

/** What is in the field as it will travel. Whom an edited message names it may go on naming, also when they have left. */
export function useWire(text: string, task: Task, mentionable: Mentionable): string {
  const { people } = useChats().sync;
  const edited = task.kind === 'edit' && task.message.content.kind === 'text' ? task.message.content.text : '';
  const known = people.store.getState();
  const named = mentionsIn(edited).userIds.flatMap((id): [string, UserId][] => {
    const userName = known.get(id)?.userName;
    return userName === undefined ? [] : [[userName, id]];
  });
  return toWire(text.trim(), { ...mentionable, people: new Map([...named, ...mentionable.people]) });
}
