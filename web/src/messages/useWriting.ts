import type { Attachment } from '@dialog/shared/attachments';
import type { ChatId } from '@dialog/shared/contract/values';
import { useStore } from 'zustand';
import { useAttachments, useTray } from '../attachments/useAttachments.ts';
import { useChats } from '../chats/useChats.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { toast } from '../ui/toast.ts';
import type { Task } from './messages.desk.ts';
import type { Words } from './messages.outbox.ts';
import { editableText } from './useWire.ts';
import { useDesk } from './useDesk.ts';
import { useMessages } from './useMessages.ts';
import { useThread } from './useThread.ts';
import { placeOf } from './writingPlace.ts';

export type SendingWay = Pick<Words, 'isSilent'>;

export interface Writing {
  readonly text: string;
  readonly task: Task;
  /** Of the tray, to go with the words. */
  readonly hasFiles: boolean;
  /** Nothing is begun: there is room for a voice note. */
  readonly isEmpty: boolean;
  write(text: string): void;
  /** Sends the words, or saves them, as they travel. */
  submit(wire: string, way?: SendingWay): void;
  /** Asks when to send them. */
  schedule(wire: string): void;
  /** At once, beside what is being written. */
  sendBeside(file: Attachment): void;
  /** Whether there was something to give up: an answer or an edit, not the words. */
  cancel(): boolean;
  /** Begins to edit the last message of one's own; whether there is one. */
  editLast(): boolean;
}

/** The words in the composer: the draft of the chat or thread, or those of a message that is being edited. */
export function useWriting(chatId: ChatId): Writing {
  const { trays } = useAttachments();
  const thread = useThread();
  const place = placeOf(chatId, thread);
  const tray = useTray(place);
  const { me, actions, drafts, threadDrafts, send, sync, typing } = useMessages();
  const { people } = useChats().sync;
  const desk = useDesk();
  const errorText = useErrorText();
  const task = useStore(desk, (state) => state.task);
  const ofChat = useStore(drafts.store, (texts) => texts.get(chatId) ?? '');
  const ofThread = useStore(threadDrafts.store, (texts) => texts.get(place) ?? '');
  const draft = thread === null ? ofChat : ofThread;
  const inThread = thread === null ? {} : { thread };
  const text = task.kind === 'edit' ? task.text : draft;
  const hasFiles = tray.length > 0 && task.kind !== 'edit';

  function saveEdit(edit: Task & { kind: 'edit' }, wire: string): void {
    desk.setState({ task: { kind: 'new' } });
    if (edit.message.content.kind === 'text' && edit.message.content.text === wire) return;
    actions.edit(edit.message, wire).catch((failure: unknown) => {
      // Nothing that was written may be lost.
      if (desk.getState().task.kind === 'new') desk.setState({ task: edit });
      toast(errorText(failure), { kind: 'danger' });
    });
  }

  return {
    text,
    task,
    hasFiles,
    isEmpty: text === '' && !hasFiles && task.kind !== 'edit',
    write(words) {
      if (task.kind === 'edit') return desk.setState({ task: { ...task, text: words } });
      if (thread !== null) return threadDrafts.write(place, words);
      drafts.write(chatId, words);
      if (words.trim() !== '') typing.told(chatId);
    },
    submit(wire, way) {
      if (task.kind === 'edit') return saveEdit(task, wire);
      send(chatId, {
        text: wire,
        ...inThread,
        ...(hasFiles ? { attachments: [...tray] } : {}),
        ...replyOf(task),
        ...way,
      });
      trays.empty(place);
      desk.setState({ task: { kind: 'new' } });
    },
    schedule(wire) {
      const words = { text: wire, ...(hasFiles ? { attachments: [...tray] } : {}), ...replyOf(task) };
      desk.setState({ dialog: { kind: 'schedule', words } });
    },
    sendBeside(file) {
      send(chatId, { text: '', ...inThread, attachments: [file], ...replyOf(task) });
      desk.setState({ task: { kind: 'new' } });
    },
    cancel() {
      if (task.kind === 'new') return false;
      desk.setState({ task: { kind: 'new' } });
      return true;
    },
    editLast() {
      const history = sync.store.getState().histories.get(chatId);
      const { messages = [] } = (thread === null ? history : history?.threads.get(thread)) ?? {};
      const last = messages.findLast(({ senderId, content }) => senderId === me && content.kind === 'text');
      if (last?.content.kind !== 'text' || last.content.forwardedFrom !== undefined) return false;
      desk.setState({ task: { kind: 'edit', message: last, text: editableText(last.content.text, people) } });
      return true;
    },
  };
}

function replyOf(task: Task): Pick<Words, 'replyTo'> {
  return task.kind === 'reply' ? { replyTo: task.to.position } : {};
}
