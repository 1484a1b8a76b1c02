import { chatRoutes } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { ChatSync } from '../../chats/chats.sync.ts';
import { lastMemberId } from '../../chats/members.store.ts';
import type { Call } from '../../platform/api.ts';

interface Deps {
  readonly call: Call;
  readonly chats: Pick<ChatSync, 'learnMembers'> & { readonly store: Pick<ChatSync['store'], 'getState'> };
  /** Whose roles are wanted by now. */
  readonly wanted: () => readonly UserId[];
}

const learning = new WeakMap<Deps['chats'], Set<ChatId>>();

/** Asks for the members of a group, page by page, until the roles of all that are wanted are known. */
export async function learnRoles(chatId: ChatId, { call, chats, wanted }: Deps): Promise<void> {
  const busy = learning.get(chats) ?? new Set();
  learning.set(chats, busy);
  if (busy.has(chatId)) return;
  busy.add(chatId);
  try {
    for (;;) {
      const known = chats.store.getState().members.get(chatId);
      if (known && (!known.hasMore || wanted().every((userId) => known.members.has(userId)))) return;
      const after = known && lastMemberId(known);
      // oxlint-disable-next-line no-await-in-loop -- one page after the other
      const page = await call(chatRoutes.listMembers, { params: { chatId }, query: after ? { after } : {} });
      chats.learnMembers(chatId, { ...page, isFirst: after === undefined });
    }
  } finally {
    busy.delete(chatId);
  }
}
