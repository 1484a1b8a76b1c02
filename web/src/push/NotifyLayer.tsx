import type { ChatId } from '@dialog/shared/contract/values';
import { type ReactNode, useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { chatTag } from '@dialog/shared/push.tags';
import { presenceChosenAt } from '@dialog/shared/settings.values';
import { V7Generator } from 'uuidv7';
import type { ChatSync } from '../chats/chats.sync.ts';
import { useChats, useChatTitle } from '../chats/useChats.ts';
import { useExcerpt } from '../chats/useExcerpt.ts';
import { groupPictureUrl } from '../chats/groupPicture.ts';
import { plainTextLate } from '../markup/plainText.late.ts';
import { avatarUrl } from '../users/avatarUrl.ts';
import { tellOnce } from '../worker/pushedRecord.ts';
import { inOneTab, openTabChannel } from '../messages/tabs.ts';
import { useMessages } from '../messages/useMessages.ts';
import { systemClock as clock } from '../platform/clock.ts';
import { hearArrivals } from './arrivals.ts';
import type { Arrival, Disposition } from './deciding.ts';
import { createDesktop, type Notice, withdrawReactions } from './desktop.ts';
import { hearHappenings } from './happenings.ts';
import { createLookout, type Spot } from './lookout.ts';
import { noticeText } from './noticeText.ts';
import { createNotifier } from './notifier.ts';
import type { Push } from './push.ts';
import type { DeviceState } from './device.ts';
import { untilKnown } from './untilKnown.ts';
import { useAnnouncement } from './useAnnouncement.ts';
import { useSigns } from './useSigns.ts';

interface NotifyLayerProps {
  readonly push: Push;
  /** What is on screen; undefined where no chat is. */
  readonly spot: Spot | undefined;
  readonly pathTo: (chatId: ChatId, thread: number | null) => string;
  /** Where friend requests are answered. */
  readonly peoplePath: string;
}

const PICTURE_PX = 96;

/** Shows nothing in the page: tells of what comes while nobody looks, and counts it on the tab and the app's icon. */
export function NotifyLayer({ push, spot, pathTo, peoplePath }: NotifyLayerProps): ReactNode {
  const { sync: chats } = useChats();
  const messages = useMessages();
  const noticeOf = useNotice(pathTo);
  const announcementOf = useAnnouncement({ pathTo, peoplePath });
  useSigns();
  useReactionsSeen(push, spot?.chatId);

  const isLookingAt = useEffectEvent(
    ({ chatId, thread }: Spot) =>
      document.visibilityState === 'visible' &&
      document.hasFocus() &&
      (chatId === undefined || spot?.chatId === chatId) &&
      (thread === undefined || spot?.thread === thread),
  );
  const notice = useEffectEvent(noticeOf);
  const announcement = useEffectEvent(announcementOf);

  useEffect(() => {
    const ending = new AbortController();
    const ids = new V7Generator();
    let isSpeaker = false;
    const { device, sounds, asked, me } = push;
    const desktop = createDesktop({
      shower: async () => (device.store.getState().kind === 'on' ? device.registration() : undefined),
      tellOnce,
    });
    const lookout = createLookout({
      channel: openTabChannel(`dialog-notify-${me}`),
      own: { isLookingAt: (at) => isLookingAt(at), mayPlay: sounds.mayPlay, play: sounds.play },
      clock,
      newId: () => ids.generate().toString(),
    });
    const notifier = createNotifier({
      disposition: () => dispositionIn(chats),
      freshened: (arrival) => freshened(chats, arrival),
      lookout,
      show: async (arrival) => desktop.show(await notice(arrival)),
      isLeftToPage: () => isLeftToPage(device.store.getState()),
      showHappening: async (happening) => desktop.announce(await announcement(happening)),
      clock,
      isSpeaker: () => isSpeaker,
    });
    const speak = async (turn: AbortSignal): Promise<void> => {
      isSpeaker = !ending.signal.aborted;
      if (!isSpeaker) return;
      void device.renew();
      await new Promise((resolve) => turn.addEventListener('abort', resolve));
      isSpeaker = false;
    };
    void inOneTab(`dialog-notify-${me}`, () => speak(ending.signal), ending.signal);
    const stops = [
      hearArrivals({ chats, messages: messages.sync, socket: messages.wire.socket, clock }, (arrival) => {
        asked.noteMessage();
        notifier.take(arrival);
      }),
      chats.store.subscribe(({ list }, { list: before }) => {
        if (!isSpeaker || list.chats === before.chats) return;
        for (const [chatId, { summary }] of list.chats) {
          const known = before.chats.get(chatId)?.summary.readPosition ?? 0;
          if (summary.readPosition > known) void desktop.withdraw(chatTag(chatId, null), summary.readPosition);
        }
      }),
      hearHappenings(chats, {
        began: notifier.takeHappening,
        over: (tag) => void (isSpeaker && desktop.withdraw(tag, Number.POSITIVE_INFINITY)),
      }),
      lookout.stop,
    ];
    return () => {
      ending.abort();
      stops.forEach((stop) => stop());
    };
  }, [push, chats, messages]);
  return null;
}

/** A push tells of requests and calls where it reaches; until that is known it most likely does. */
function isLeftToPage(state: DeviceState): boolean {
  return state.kind !== 'on' || state.reach === 'page';
}

function useReactionsSeen({ device }: Push, chatId: ChatId | undefined): void {
  useEffect(() => {
    if (chatId === undefined) return undefined;
    const see = async (): Promise<void> => {
      if (document.visibilityState !== 'visible' || device.store.getState().kind !== 'on') return;
      const shower = await device.registration();
      if (shower) await withdrawReactions(shower, chatId).catch(() => undefined);
    };
    void see();
    const hear = (): void => void see();
    document.addEventListener('visibilitychange', hear);
    return () => document.removeEventListener('visibilitychange', hear);
  }, [device, chatId]);
}

function dispositionIn({ me, store }: ChatSync): Disposition {
  const { settings, relations } = store.getState().list;
  return {
    me,
    settings: settings.notifications,
    isDoNotDisturb: presenceChosenAt(settings.presence, clock.now()) === 'doNotDisturb',
    isBlocked: (userId) => relations.get(userId)?.isBlocked ?? false,
  };
}

function freshened({ store }: ChatSync, arrival: Arrival): Arrival | undefined {
  const summary = store.getState().list.chats.get(arrival.summary.chat.id)?.summary;
  if (!summary) return undefined;
  const { lastMessage } = summary;
  const message = lastMessage?.position === arrival.message.position ? lastMessage : arrival.message;
  return { ...arrival, summary, message };
}

/** A message in the words of a notification. */
function useNotice(pathTo: NotifyLayerProps['pathTo']): (arrival: Arrival) => Promise<Notice> {
  const { t } = useTranslation('push');
  const { t: ofChats } = useTranslation('chats');
  const { sync } = useChats();
  const titleOf = useChatTitle();
  const excerptOf = useExcerpt();

  return async ({ summary, message }) => {
    const { chat } = summary;
    const { chatId, thread = null, position, senderId } = message;
    await untilKnown(sync.people, senderId);
    const nameOf = (userId: typeof senderId): string =>
      sync.people.store.getState().get(userId)?.displayName ?? ofChats('formerMember');
    const place = {
      ...{ tag: chatTag(chatId, thread), chatId, thread, position },
      at: Date.parse(message.postedAt),
      path: pathTo(chatId, thread),
    };
    if (!sync.store.getState().list.settings.notifications.showsContent)
      return { ...place, title: t('hiddenTitle'), body: t('hiddenText'), picture: undefined };
    const excerpt = excerptOf(message.content) ?? '';
    const plain = await plainTextLate.load().catch(() => undefined);
    const words = { nameOf, everyone: ofChats('everyone'), spoiler: ofChats('spoiler') };
    const text = noticeText(excerpt, words, plain);
    const isGroup = chat.kind === 'group';
    const sender = sync.people.store.getState().get(senderId);
    return {
      ...place,
      title: titleOf(summary),
      body: isGroup ? t('groupText', { name: nameOf(senderId), text }) : text,
      picture: (sender && avatarUrl(sender, PICTURE_PX)) ?? groupPictureUrl(chat, PICTURE_PX),
    };
  };
}
