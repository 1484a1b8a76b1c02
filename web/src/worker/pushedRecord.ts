import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

interface Records extends DBSchema {
  /** How far this browser has told of a chat or thread: tag → position. */
  told: { key: string; value: number };
  /** What the worker has to know of its page: which device it is. */
  device: { key: 'this'; value: ThisDevice };
}

export interface ThisDevice {
  readonly deviceId: string;
  readonly language: string;
  /** Whose it is. */
  readonly me: string;
}

/** A message by where it stands. */
export interface Told {
  readonly tag: string;
  readonly position: number;
}

const NAME = 'dialog-pushed';
/** More chats than anyone is told of in a while; then it begins anew. */
const TAGS_MAX = 1_000;

let opened: Promise<IDBPDatabase<Records>> | undefined;

function records(): Promise<IDBPDatabase<Records>> {
  opened ??= openDB<Records>(NAME, 1, {
    upgrade(fresh) {
      fresh.createObjectStore('told');
      fresh.createObjectStore('device');
    },
    terminated: () => (opened = undefined),
    blocking: (_current, _blocked, event) => {
      opened = undefined;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the event is fired at
      (event.target as IDBDatabase).close();
    },
  }).catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

/**
 * Whether a message was not told on this device before, by whichever of its tabs or by a push, and that it is now. The
 * one record of what the page and the service worker show: with it no message is shown twice. Where nothing can be kept,
 * everything is news.
 */
async function claimTelling(tag: string, position: number): Promise<boolean> {
  try {
    const transaction = (await records()).transaction('told', 'readwrite');
    const told = (await transaction.store.get(tag)) ?? -1;
    const isNew = position > told;
    if (isNew && (await transaction.store.count()) >= TAGS_MAX) await transaction.store.clear();
    if (isNew) await transaction.store.put(position, tag);
    await transaction.done;
    return isNew;
  } catch {
    return true;
  }
}

/** Tells of a message unless it was told here already. What could not be told is left to whoever comes with it next. */
export async function tellOnce({ tag, position }: Told, tell: () => Promise<void>): Promise<void> {
  if (!(await claimTelling(tag, position))) return;
  try {
    await tell();
  } catch (failure) {
    await giveBack(tag, position).catch(() => undefined);
    throw failure;
  }
}

/** What is newer has been told meanwhile, or not: that stays as it is. */
async function giveBack(tag: string, position: number): Promise<void> {
  const transaction = (await records()).transaction('told', 'readwrite');
  if ((await transaction.store.get(tag)) === position) await transaction.store.put(position - 1, tag);
  await transaction.done;
}

/** For a service worker that has to subscribe anew while no page is open. What others were told here goes with them. */
export async function rememberDevice(device: ThisDevice): Promise<void> {
  const transaction = (await records()).transaction(['told', 'device'], 'readwrite');
  const before = await transaction.objectStore('device').get('this');
  if (before && before.me !== device.me) await transaction.objectStore('told').clear();
  await transaction.objectStore('device').put(device, 'this');
  await transaction.done;
}

/** Nothing is to be subscribed here any more. What was told stays told. */
export async function forgetDevice(): Promise<void> {
  await (await records()).delete('device', 'this');
}

export async function thisDevice(): Promise<ThisDevice | undefined> {
  return (await records()).get('device', 'this');
}
