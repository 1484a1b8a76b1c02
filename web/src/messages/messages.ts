import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { V7Generator } from 'uuidv7';
import type { Attachments } from '../attachments/attachments.ts';
import type { Chats } from '../chats/chats.ts';
import type { Call } from '../platform/api.ts';
import { pageAttention } from '../platform/attention.ts';
import type { Clock } from '../platform/clock.ts';
import type { Socket } from '../platform/socket.ts';
import type { Storage } from '../platform/storage.ts';
import { whenIdle } from '../platform/whenIdle.ts';
import { createMessageActions, type MessageActions } from './messages.actions.ts';
import { clearDesk } from './messages.clearing.ts';
import { createCopies } from './messages.copies.ts';
import { createDesks, jumpedTo } from './messages.desk.ts';
import { createDrafts, type Drafts } from './messages.drafts.ts';
import { createOutbox, type Outbox, type OutboxItem, type Words } from './messages.outbox.ts';
import { createReceipts, type Receipts } from './messages.receipts.ts';
import { runSender } from './messages.sender.ts';
import { createMessageSync, type MessageSync } from './messages.sync.ts';
import { createThreadDrafts, type ThreadDrafts } from './messages.threads.drafts.ts';
import { createThreadReceipts, type ThreadReceipts } from './messages.threads.receipts.ts';
import { createTyping, type Typing } from './messages.typing.ts';
import { nextVoice } from './nextVoice.ts';
import { richBlocksLate } from './richBlocks.late.ts';
import { inOneTab, openTabChannel } from './tabs.ts';
import { placeOf } from './writingPlace.ts';

/** The way to the server. */
export interface Wire {
  readonly call: Call;
  readonly socket: Socket;
}

/** Everything about messages of one signed-in person. */
export interface Messages {
  readonly me: UserId;
  readonly sync: MessageSync;
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  readonly threadDrafts: ThreadDrafts;
  readonly threadReceipts: ThreadReceipts;
  readonly receipts: Receipts;
  readonly typing: Typing;
  readonly actions: MessageActions;
  /** For what is loaded when it is first used. */
  readonly wire: Wire;
  readonly desks: ReturnType<typeof createDesks>;
  /** Shown at once, sent in its turn; its draft is done. */
  send(chatId: ChatId, words: Words): void;
  /**
   * Shows what stands at a position of a chat, when that is on screen; opens the thread in which it stands. Where that is
   * not known (undefined) it is found out; null: in none. Rejects with an ApiError.
   */
  jumpTo(chatId: ChatId, position: number, thread?: number | null): Promise<void>;
  /** Who shows threads is told which; null: the conversation itself is to be seen. Answers how to stop. */
  onShow(show: ShowThread): () => void;
  /** Opens a thread on screen. */
  showThread(chatId: ChatId, thread: number): void;
  stop(): void;
}

type ShowThread = (chatId: ChatId, thread: number | null) => void;

interface MessagesDeps {
  readonly me: UserId;
  readonly call: Call;
  readonly socket: Socket;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly chats: Chats;
  readonly attachments: Attachments;
}

export function createMessages({ me, call, socket, storage, clock, chats, attachments }: MessagesDeps): Messages {
  const ids = new V7Generator();
  const onConnected = (hear: () => void): (() => void) => socket.onConnected(hear);
  const copies = createCopies({ storage, clock, people: chats.sync.people });
  const sync = createMessageSync({ call, socket, clock, chats: chats.sync, copies });
  const channel = openTabChannel(`dialog-outbox-${me}`);
  const outbox = createOutbox({ storage, channel, files: attachments, clock, newId: () => ids.generate().toString() });
  const drafts = createDrafts({ storage, clock, call, chats: chats.sync, onConnected });
  const threadDrafts = createThreadDrafts({ storage, clock });
  const threadReceipts = createThreadReceipts({ call, clock, learnMarks: sync.learnMarks });
  const receipts = createReceipts({ me, call, clock, chats: chats.sync, onConnected });
  const typing = createTyping({
    ...{ me, socket, clock, attention: pageAttention },
    isBlocked: (userId) => chats.sync.store.getState().list.relations.get(userId)?.isBlocked === true,
  });
  const desks = createDesks();

  let show: ShowThread = () => undefined;

  const ending = new AbortController();
  const { signal } = ending;
  const upload = (item: OutboxItem, turn: AbortSignal): Promise<void> =>
    attachments.uploads.send(item.chatId, item.attachments ?? [], turn);
  const sendAll = (turn: AbortSignal): Promise<void> =>
    runSender({ queue: outbox.queue, call, upload, clock, random: Math.random, onConnected }, turn);
  void outbox.reload().then(sweepFiles, () => undefined);
  void drafts.restore().catch(() => undefined);
  void threadDrafts.restore();
  void inOneTab(`dialog-outbox-${me}`, () => sendAll(signal), signal);
  whenIdle(() => void richBlocksLate.load().catch(() => undefined));
  addEventListener('pagehide', flush, { signal });
  document.addEventListener('visibilitychange', flush, { signal });

  function flush(): void {
    drafts.flush();
    threadDrafts.flush();
  }

  async function sweepFiles(): Promise<void> {
    const { items } = outbox.store.getState();
    const held = new Set(items.flatMap(({ attachments: files = [] }) => files.map(({ id }) => id)));
    await attachments.files.sweep((id) => held.has(id), clock.now()).catch(() => undefined);
  }

  attachments.player.onEnded((track) =>
    nextVoice(track, sync.store.getState().histories.get(track.chatId)?.messages ?? []),
  );

  const stops = [
    copies.follow(sync),
    chats.sync.onGone(copies.remove),
    chats.sync.onCleared((chatId, position) => {
      // One that is open is copied anew in a moment.
      copies.remove(chatId);
      clearDesk(desks.of(chatId), position);
      attachments.lists.clear(chatId, position);
    }),
    chats.sync.onGone(threadDrafts.drop),
    sync.store.subscribe(({ histories }, before) => {
      for (const [chatId, { revision }] of histories)
        if (revision !== before.histories.get(chatId)?.revision) outbox.forgetLanded(chatId, revision);
    }),
  ];

  return {
    me,
    sync,
    outbox,
    drafts: { ...drafts, flush },
    threadDrafts,
    threadReceipts,
    receipts,
    typing,
    actions: createMessageActions(call, sync),
    desks,
    wire: { call, socket },
    send(chatId, words) {
      const { thread } = words;
      // Whoever writes wants to see it.
      if (thread === undefined) sync.leaveDetour(chatId);
      else sync.threads.leaveDetour(chatId, thread);
      outbox.add(chatId, words);
      if (thread === undefined) drafts.write(chatId, '');
      else threadDrafts.write(placeOf(chatId, thread), '');
    },
    async jumpTo(chatId, position, thread) {
      if (!sync.store.getState().histories.has(chatId)) await sync.open(chatId);
      const root = thread === undefined ? await sync.threadAt(chatId, position) : thread;
      show(chatId, root);
      if (root === null) await sync.goTo(chatId, position);
      else {
        await sync.threads.open(chatId, root);
        await sync.threads.goTo(chatId, root, position);
      }
      jumpedTo(desks.of(chatId, root ?? undefined), position);
    },
    onShow(listener) {
      show = listener;
      return () => {
        show = () => undefined;
      };
    },
    showThread: (chatId, thread) => show(chatId, thread),
    stop() {
      ending.abort();
      for (const end of [...stops, drafts.stop, sync.stop, receipts.stop, typing.stop, outbox.stop]) end();
    },
  };
}
