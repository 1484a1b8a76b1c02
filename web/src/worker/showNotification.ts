import type { Notice, NoticeData } from './push.notice.ts';
import { pushWordsIn } from './push.words.ts';

/** The part of a registration that shows things. */
export type Shower = Pick<ServiceWorkerRegistration, 'showNotification' | 'getNotifications'>;

/** What browsers take beyond what the library of types knows. */
interface Options extends NotificationOptions {
  readonly renotify: boolean;
  readonly timestamp: number;
  readonly actions: readonly {
    readonly action: string;
    readonly title: string;
    readonly type?: 'text';
    readonly placeholder?: string;
  }[];
  readonly vibrate?: readonly number[];
}

const ICON = '/icon-192.png';
const WITHDRAWN_TAG = 'withdrawn';
const RINGING = [300, 200, 300, 200, 300];

export async function showNotice(shower: Shower, notice: Notice): Promise<void> {
  const { acts: words, replyHint } = pushWordsIn(notice.data.language);
  const options: Options = {
    body: notice.body,
    tag: notice.data.tag,
    icon: notice.picture ?? ICON,
    badge: ICON,
    timestamp: notice.at,
    // What is newer comes up again, instead of changing in silence.
    renotify: !notice.isSilent,
    silent: notice.isSilent,
    requireInteraction: notice.isUrgent,
    data: notice.data,
    actions: notice.acts.map((act) => ({
      action: act,
      title: words[act],
      ...(act === 'reply' ? { type: 'text', placeholder: replyHint } : {}),
    })),
    ...(notice.isUrgent && !notice.isSilent ? { vibrate: RINGING } : {}),
  };
  await shower.showNotification(notice.title, options);
  for (const shown of await shower.getNotifications({ tag: WITHDRAWN_TAG })) shown.close();
}

/** Takes off what stands under a tag, up to a position (null: all of it); with a chat, what was reacted to there. */
export async function closeNotices(shower: Shower, tag: string, until: number | null): Promise<void> {
  const reactions = tag.replace(/^chat:/, 'reaction:');
  for (const shown of await shower.getNotifications()) {
    const isMeant = shown.tag === tag || (reactions !== tag && shown.tag.startsWith(`${reactions}:`));
    if (isMeant && (until === null || (noticeDataOf(shown)?.position ?? 0) <= until)) shown.close();
  }
}

/** Where a push has to leave something on screen, and nothing of ours is: says why it came. */
export async function showWithdrawn(shower: Shower, language: string): Promise<void> {
  if ((await shower.getNotifications()).length > 0) return;
  const data: NoticeData = { tag: WITHDRAWN_TAG, path: '/', language };
  await shower.showNotification('Dialog', {
    body: pushWordsIn(language).readElsewhere,
    tag: WITHDRAWN_TAG,
    icon: ICON,
    badge: ICON,
    silent: true,
    data,
  });
}

/** Null for what an older version has shown. */
export function noticeDataOf({ data }: Pick<Notification, 'data'>): NoticeData | null {
  const isOurs = typeof data === 'object' && data !== null && 'tag' in data && 'path' in data;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- shown by this very code
  return isOurs ? (data as NoticeData) : null;
}
