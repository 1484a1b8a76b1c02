import type { ChatId } from '@dialog/shared/contract/values';
import type { Told } from '../worker/pushedRecord.ts';

/** What a notification of a message says. */
export interface Notice {
  /** One notification per tag: the newest stands for all. */
  readonly tag: string;
  readonly chatId: ChatId;
  readonly thread: number | null;
  readonly position: number;
  readonly title: string;
  readonly body: string;
  /** Of whoever wrote. */
  readonly picture: string | undefined;
  readonly at: number;
  /** Where a press on it leads. */
  readonly path: string;
}

export interface Desktop {
  show(notice: Notice): Promise<void>;
  /** What is read needs no notification any more. */
  withdraw(tag: string, until: number): Promise<void>;
}

/** The part of a service worker's registration used here. */
type Shower = Pick<ServiceWorkerRegistration, 'showNotification' | 'getNotifications'>;

interface DesktopDeps {
  /** Undefined while there is none, or while the person wants nothing shown here. */
  readonly shower: () => Promise<Shower | undefined>;
  /** Calls what tells of a message, unless this device has told of it before, by a push either. */
  readonly tellOnce: (told: Told, tell: () => Promise<void>) => Promise<void>;
}

const ICON = '/icon-192.png';
/** Android cuts a white shape out of it. */
const BADGE = '/icon-192.png';

/** Notifications of the system, shown through the service worker so that they outlive the page. */
export function createDesktop({ shower, tellOnce }: DesktopDeps): Desktop {
  return {
    async show({ tag, title, body, picture, at, path, chatId, thread, position }) {
      const by = await shower();
      if (!by) return;
      // `renotify`, which the types lack: a newer message comes up again instead of changing in silence.
      const options: NotificationOptions & { renotify: boolean; timestamp: number } = {
        body,
        tag,
        icon: picture ?? ICON,
        badge: BADGE,
        timestamp: at,
        renotify: true,
        // The page has sounds of its own.
        silent: true,
        data: { tag, path, chatId, thread, position },
      };
      await tellOnce({ tag, position }, () => by.showNotification(title, options));
    },
    async withdraw(tag, until) {
      const by = await shower();
      for (const shown of (await by?.getNotifications({ tag })) ?? []) if (positionOf(shown) <= until) shown.close();
    },
  };
}

/** Who looks at a chat sees what was reacted to there. */
export async function withdrawReactions(shower: Shower, chatId: ChatId): Promise<void> {
  for (const shown of await shower.getNotifications()) if (shown.tag.startsWith(`reaction:${chatId}:`)) shown.close();
}

function positionOf({ data }: Notification): number {
  const position: unknown = typeof data === 'object' && data !== null && 'position' in data ? data.position : undefined;
  return typeof position === 'number' ? position : 0;
}
