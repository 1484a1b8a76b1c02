import type { ChatId } from '@dialog/shared/contract/values';
import { useTranslation } from 'react-i18next';
import { useChats, useChatTitle } from '../chats/useChats.ts';
import { avatarUrl } from '../users/avatarUrl.ts';
import type { Announcement } from './desktop.ts';
import type { Happening } from './happenings.ts';
import { untilKnown } from './untilKnown.ts';

const PICTURE_PX = 96;

interface Paths {
  readonly pathTo: (chatId: ChatId, thread: number | null) => string;
  readonly peoplePath: string;
}

/** A happening in the words of a notification. */
export function useAnnouncement({ pathTo, peoplePath }: Paths): (happening: Happening) => Promise<Announcement> {
  const { t } = useTranslation('push');
  const { t: ofChats } = useTranslation('chats');
  const { sync } = useChats();
  const titleOf = useChatTitle();

  const isOpenly = (): boolean => sync.store.getState().list.settings.notifications.showsContent;
  const hidden = (what: 'someoneCalls' | 'someoneAsks') => ({
    title: t('hiddenTitle'),
    body: t(what),
    picture: undefined,
  });

  async function ofCall({ tag, summary, call }: Extract<Happening, { kind: 'call' }>): Promise<Announcement> {
    const place = { tag, at: Date.parse(call.startedAt), path: pathTo(summary.chat.id, null) };
    if (!isOpenly()) return { ...place, ...hidden('someoneCalls') };
    await untilKnown(sync.people, call.startedBy);
    const caller = sync.people.store.getState().get(call.startedBy);
    const body = t('isCalling', { name: caller?.displayName ?? ofChats('formerMember') });
    return { ...place, title: titleOf(summary), body, picture: caller && avatarUrl(caller, PICTURE_PX) };
  }

  function ofRequest({ tag, user }: Extract<Happening, { kind: 'friendRequest' }>): Announcement {
    const place = { tag, at: Date.now(), path: peoplePath };
    if (!isOpenly()) return { ...place, ...hidden('someoneAsks') };
    const name = user.displayName;
    return { ...place, title: name, body: t('asksFriend', { name }), picture: avatarUrl(user, PICTURE_PX) };
  }

  return async (happening) => (happening.kind === 'call' ? ofCall(happening) : ofRequest(happening));
}
