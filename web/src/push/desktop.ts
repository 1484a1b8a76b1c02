import type { ChatId } from '@dialog/shared/contract/values';
import type { Told } from '../worker/pushedRecord.ts';

/** What a notification says. */
export interface Announcement {
  /** One notification per tag: the newest stands for all. */
  readonly tag: string;
  readonly title: string;
  readonly body: string;
  /** Of whoever wrote, asks or calls. */
  readonly picture: string | undefined;
  readonly at: number;
  /** Where a press on it leads. */
  readonly path: string;
}

/** What one of a message says. */
export interface Notice extends Announcement {
  readonly chatId: ChatId;
  readonly thread: number | null;
  readonly position: number;
}

export interface Desktop {
  show(notice: Notice): Promise<void>;
  /** Of what is no message. */
  announce(announcement: Announcement): Promise<void>;
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
    async show(notice) {
      const { tag, title, path, chatId, thread, position } = notice;
      const by = await shower();
      if (!by) return;
      const options = optionsOf(notice, { tag, path, chatId, thread, position });
      await tellOnce({ tag, position }, () => by.showNotification(title, options));
    },
    async announce(announcement) {
      const { tag, title, path } = announcement;
      await (await shower())?.showNotification(title, optionsOf(announcement, { tag, path }));
    },
    async withdraw(tag, until) {
      const by = await shower();
      for (const shown of (await by?.getNotifications({ tag })) ?? []) if (positionOf(shown) <= until) shown.close();
    },
  };
}

/** `renotify`, which the types lack: what is newer comes up again instead of changing in silence. */
type Options = NotificationOptions & { readonly renotify: boolean; readonly timestamp: number };

function optionsOf({ tag, body, picture, at }: Announcement, data: unknown): Options {
  return {
    body,
    tag,
    icon: picture ?? ICON,
    badge: BADGE,
    timestamp: at,
    renotify: true,
    // The page has sounds of its own.
    silent: true,
    data,
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
