import type { CallWay } from '@dialog/shared/calls.values';
import type { ChatId } from '@dialog/shared/contract/values';
import type { ChatSync } from '../../chats/chats.sync.ts';
import type { Clock } from '../../platform/clock.ts';
import type { SessionParts } from './sessionDeps.ts';

/** A call that rings is known by its chat a moment later. */
const KNOWN_WITHIN_MS = 10_000;

interface Deps {
  readonly chats: Pick<ChatSync, 'store'>;
  readonly clock: Pick<Clock, 'after'>;
  readonly loadSession: () => Promise<{ readonly parts: Pick<SessionParts, 'prepareTransport'> }>;
}

/** What a call needs stands ready before somebody presses. */
export function createOwnPreparing({ chats, clock, loadSession }: Deps) {
  /** By this way, as far as it is known. */
  function bring(way?: CallWay): void {
    // Joining loads it again and says what is wrong.
    loadSession().then(
      ({ parts }) => way && parts.prepareTransport(way),
      () => {},
    );
  }

  return {
    bring,
    /** A call of this chat that rings. */
    prepare(chatId: ChatId): void {
      const way = (): CallWay | undefined => chats.store.getState().list.chats.get(chatId)?.summary.chat.call?.way;
      bring(way());
      if (way()) return;
      const stop = chats.store.subscribe(() => {
        if (!way()) return;
        bring(way());
        stop();
      });
      clock.after(KNOWN_WITHIN_MS, stop);
    },
  };
}
