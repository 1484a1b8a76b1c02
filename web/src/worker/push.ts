import type { PushPayload } from '@dialog/shared/push.values';
import { type Notice, noticeOf, type NoticeData } from './push.notice.ts';
import { pushWordsIn } from './push.words.ts';
import { closeNotices, noticeDataOf, showNotice, showWithdrawn, type Shower } from './showNotification.ts';
import type { ThisDevice, Told } from './pushedRecord.ts';

/** What a page is told: to go to a place in the app, and with `?call=` into the call there. */
export interface OpenPlace {
  readonly kind: 'open-place';
  readonly path: string;
}

interface Page {
  readonly url: string;
  readonly focused: boolean;
  readonly visibilityState: DocumentVisibilityState;
  focus(): Promise<unknown>;
  postMessage(message: OpenPlace): void;
}

export interface PushWorkerDeps {
  readonly shower: Shower & { readonly pushManager: Pick<PushManager, 'subscribe' | 'getSubscription'> };
  readonly pages: () => Promise<readonly Page[]>;
  readonly openWindow: (path: string) => Promise<unknown>;
  readonly fetch: typeof fetch;
  /** Calls what tells of it, unless this device has told of it before. */
  readonly tellOnce: (told: Told, tell: () => Promise<void>) => Promise<void>;
  /** Whether a page holds a lock of this name: with the tag of a notification it says that it shows the same. */
  readonly isLocked: (name: string) => Promise<boolean>;
  readonly thisDevice: () => Promise<ThisDevice | undefined>;
  readonly now: () => number;
  readonly newId: () => string;
}

interface Press {
  readonly notification: Pick<Notification, 'data' | 'close'>;
  readonly action: string;
  /** What was typed into it, where the system lets one. */
  readonly reply?: string | null;
}

const HOUR_MS = 3_600_000;
const ANSWERED_WITHIN_MS = 20_000;

/** What the service worker does about pushes and what is pressed on them. */
export function createPushWorker({
  shower,
  pages,
  openWindow,
  fetch: send,
  tellOnce,
  isLocked,
  thisDevice,
  now,
  newId,
}: PushWorkerDeps) {
  async function ask(method: string, path: string, body?: object): Promise<Response> {
    const answer = await send(`/api${path}`, {
      method,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(ANSWERED_WITHIN_MS),
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return answer;
  }

  /** True: something was shown. */
  async function show(push: PushPayload): Promise<boolean> {
    if (push.kind === 'withdraw') {
      await closeNotices(shower, push.tag, push.until);
      if (push.mustShow && !(await isLookedAt())) await showWithdrawn(shower, push.language);
      return false;
    }
    const notice = noticeOf(push, now());
    const { tag, position } = notice.data;
    if (push.kind === 'call' && (await isRungInSight(tag))) return showOnlyToSafari(notice);
    const isMessage = push.kind === 'message' || push.kind === 'mention' || push.kind === 'reply';
    if (isMessage && position !== undefined) await tellOnce({ tag, position }, () => showNotice(shower, notice));
    else await showNotice(shower, notice);
    return true;
  }

  async function isLookedAt(): Promise<boolean> {
    return (await pages()).some(({ visibilityState }) => visibilityState === 'visible');
  }

  async function isRungInSight(tag: string): Promise<boolean> {
    return (await isLookedAt()) && (await isLocked(tag));
  }

  /** Others want nothing shown where a page is looked at; Safari does all the same, and may have it back at once. */
  async function showOnlyToSafari(notice: Notice): Promise<false> {
    const subscription = await shower.pushManager.getSubscription();
    const isSafari = subscription && new URL(subscription.endpoint).hostname.endsWith('push.apple.com');
    if (isSafari) await showNotice(shower, { ...notice, isSilent: true, isUrgent: false });
    await closeNotices(shower, notice.data.tag, null);
    return false;
  }

  async function open(path: string): Promise<void> {
    const all = await pages();
    const best =
      all.find(({ focused }) => focused) ?? all.find(({ visibilityState }) => visibilityState === 'visible') ?? all[0];
    if (!best) return void (await openWindow(path));
    await best.focus().catch(() => undefined);
    best.postMessage({ kind: 'open-place', path });
  }

  async function reply(data: NoticeData, text: string): Promise<void> {
    const { chatId, thread, position, language } = data;
    try {
      const body = { id: newId(), text, ...(thread === null || thread === undefined ? {} : { thread }) };
      await ask('POST', `/chats/${chatId}/messages`, body);
      if (position !== undefined) await markRead(data, position).catch(() => undefined);
    } catch {
      await showNotice(shower, {
        ...{ title: 'Dialog', body: pushWordsIn(language).replyFailed, picture: null },
        ...{ at: now(), isSilent: false, isUrgent: false, acts: [], data },
      });
    }
  }

  function markRead({ chatId, thread }: NoticeData, position: number): Promise<Response> {
    return thread === null || thread === undefined
      ? ask('POST', `/chats/${chatId}/read`, { position })
      : ask('PUT', `/chats/${chatId}/thread/read`, { root: thread, position });
  }

  const acts: Readonly<Record<string, (data: NoticeData) => Promise<unknown>>> = {
    markRead: (data) => markRead(data, data.position ?? 0),
    mute: ({ chatId }) =>
      ask('PATCH', `/chats/${chatId}/place`, { mutedUntil: new Date(now() + HOUR_MS).toISOString() }),
    decline: ({ callId }) => ask('POST', `/calls/${callId}/decline`),
  };

  return {
    /** Never rejects: whatever comes, the browser is left with something to show. */
    async push(text: string | undefined): Promise<void> {
      const push = parsed(text);
      if (!push) return showUnknown();
      const isShown = await show(push).catch(() => false);
      await ask('POST', '/push/acknowledge', { token: push.token, isShown }).catch(() => undefined);
    },

    async press({ notification, action, reply: typed }: Press): Promise<void> {
      notification.close();
      const data = noticeDataOf(notification);
      if (!data) return open('/');
      if (action === 'reply' && typed) return reply(data, typed);
      if (action === 'accept' && data.callId !== undefined) return open(`${data.path}?call=${data.callId}`);
      const act = acts[action];
      // What cannot be done from here is done in the app.
      if (act) return void (await act(data).catch(() => open(data.path)));
      return open(data.path);
    },

    /** The browser gave the subscription up, and may be asked for another while no page is open. */
    async resubscribe(): Promise<void> {
      const device = await thisDevice();
      if (!device) return;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- by the contract
      const { publicKey } = (await (await ask('GET', '/push/key')).json()) as { publicKey: string };
      const subscription =
        (await shower.pushManager.getSubscription()) ??
        (await shower.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey }));
      const { endpoint, keys } = subscription.toJSON();
      await ask('PUT', `/push/devices/${device.deviceId}`, { endpoint, keys, language: device.language });
    },
  };

  async function showUnknown(): Promise<void> {
    const data = { tag: 'unknown', path: '/', language: 'en' };
    await showNotice(shower, {
      ...{ title: 'Dialog', body: pushWordsIn('en').somethingNew, picture: null },
      ...{ at: now(), isSilent: true, isUrgent: false, acts: [], data },
    });
  }
}

/** Only who has this device's keys could write it: it is not checked further than that it is one. */
function parsed(text: string | undefined): PushPayload | null {
  try {
    const push: unknown = JSON.parse(text ?? '');
    const isPush = typeof push === 'object' && push !== null && 'kind' in push && 'token' in push;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
    return isPush ? (push as PushPayload) : null;
  } catch {
    return null;
  }
}
