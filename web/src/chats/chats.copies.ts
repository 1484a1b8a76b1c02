import { ChatSummary } from '@dialog/shared/chats';
import { Folder } from '@dialog/shared/chats.values';
import { Revision } from '@dialog/shared/contract/values';
import { Relation } from '@dialog/shared/people.values';
import { PersonProfile } from '@dialog/shared/users.values';
import { Settings } from '@dialog/shared/settings.values';
import * as z from 'zod/mini';
import type { Clock } from '../platform/clock.ts';
import type { Storage } from '../platform/storage.ts';
import { type ChatList, inOrder } from './chats.store.ts';
import type { ChatSync } from './chats.sync.ts';

const Copy = z.object({
  revision: Revision,
  folders: z.array(Folder),
  settings: Settings,
  relations: z.array(Relation),
  profile: z.optional(PersonProfile),
  chats: z.array(
    z.object({
      summary: ChatSummary,
      countedAt: Revision,
      heard: z.array(Revision),
      taken: z.array(z.object({ position: Revision, revision: Revision })),
    }),
  ),
});

const KEY = 'list';
const COPY_AFTER_MS = 1_000;
/** More than this many chats are fetched again at the next start. */
const COPIED_MAX = 1_000;

/** The list as this browser kept it; undefined when it kept none, or an older version of the app did. */
export async function readListCopy(storage: Storage): Promise<ChatList | undefined> {
  const copy = await storage.get('chats', KEY, Copy).catch(() => undefined);
  return (
    copy && {
      ...copy,
      chats: new Map(copy.chats.map((chat) => [chat.summary.chat.id, chat])),
      relations: new Map(copy.relations.map((relation) => [relation.user.id, relation])),
    }
  );
}

/** Keeps a copy of the list for a start without network. */
export function keepListCopies({
  sync,
  storage,
  clock,
}: {
  sync: ChatSync;
  storage: Storage;
  clock: Clock;
}): () => void {
  let cancel: (() => void) | undefined;
  const stop = sync.store.subscribe(({ list }, before) => {
    if (list === before.list || cancel) return;
    cancel = clock.after(COPY_AFTER_MS, () => {
      cancel = undefined;
      const { list: latest } = sync.store.getState();
      // With chats left out, revision 0 asks for all of them again.
      const isWhole = latest.chats.size <= COPIED_MAX;
      const copy = {
        revision: isWhole ? latest.revision : 0,
        folders: latest.folders,
        settings: latest.settings,
        profile: latest.profile,
        relations: [...latest.relations.values()],
        chats: inOrder(latest).slice(0, COPIED_MAX),
      };
      void storage.put('chats', KEY, copy).catch(() => undefined);
    });
  });
  return () => {
    stop();
    cancel?.();
  };
}
