import { type Cursor, furthestOf } from '@dialog/shared/chats.cursor';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { ChatRooms } from '../chats/chats.rooms.ts';
import type { DialogSocket, Sockets } from '../platform/sockets/sockets.ts';
import type { MovedCursor } from './messages.cursors.ts';

/** What everyone does all the time is told at most this often (R13). */
const TOLD_EVERY_MS = 1_000;

export interface MessageGatewayDeps {
  readonly sockets: Pick<Sockets, 'onSignal'>;
  readonly rooms: Pick<ChatRooms, 'watch' | 'epochOf' | 'tellWatchers'>;
  readonly tellMoved: (moved: {
    readonly chatId: ChatId;
    readonly epoch: number;
    readonly cursors: readonly Cursor[];
  }) => void;
  /** Whether others may learn what this person does now. */
  readonly isVisible: (userId: UserId) => Promise<boolean>;
  readonly onError: (error: unknown) => void;
  /** Which chat somebody looks at on this page, if any. */
  readonly look: (socket: DialogSocket, chatId: ChatId | null) => void;
}

/** Cursors of one chat gathered since they were last told. */
interface Gathered {
  epoch: number;
  readonly cursors: Map<UserId, Cursor>;
}

/** What may be lost: who has which chat on screen, who writes, how far people have read. */
export function createMessageGateway({ sockets, rooms, look, tellMoved, isVisible, onError }: MessageGatewayDeps) {
  const gathered = new Map<ChatId, Gathered>();
  const typing = new Set<string>();

  sockets.onSignal('watchChat', (socket, { chatId, isSeen = false }) => {
    rooms.watch(socket, chatId);
    look(socket, isSeen ? chatId : null);
  });

  sockets.onSignal('type', (socket, { chatId }) => {
    if (rooms.epochOf(socket, chatId) === null) return;
    const { userId } = socket.caller;
    const once = `${chatId} ${userId}`;
    if (typing.has(once)) return;
    typing.add(once);
    setTimeout(() => typing.delete(once), TOLD_EVERY_MS).unref();
    tellTyping(socket, chatId).catch(onError);
  });

  async function tellTyping(socket: DialogSocket, chatId: ChatId): Promise<void> {
    const { userId } = socket.caller;
    if (!(await isVisible(userId))) return;
    const epoch = rooms.epochOf(socket, chatId);
    if (epoch !== null) rooms.tellWatchers({ chatId, epoch }, 'typed', { chatId, userId });
  }

  function tellCursors(chatId: ChatId): void {
    const waiting = gathered.get(chatId);
    if (!waiting || waiting.cursors.size === 0) return void gathered.delete(chatId);
    const cursors = [...waiting.cursors.values()];
    waiting.cursors.clear();
    tellMoved({ chatId, epoch: waiting.epoch, cursors });
    setTimeout(() => tellCursors(chatId), TOLD_EVERY_MS).unref();
  }

  return {
    /** The first is told at once, what follows within the second together. */
    cursorMoved({ chatId, epoch, cursor }: MovedCursor): void {
      const waiting = gathered.get(chatId);
      if (waiting) {
        waiting.epoch = Math.max(epoch, waiting.epoch);
        waiting.cursors.set(cursor.userId, furthestOf(cursor, waiting.cursors.get(cursor.userId)));
        return;
      }
      gathered.set(chatId, { epoch, cursors: new Map([[cursor.userId, cursor]]) });
      tellCursors(chatId);
    },
  };
}
