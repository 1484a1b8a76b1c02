import { authRoutes } from '@dialog/shared/auth';
import { SessionId, UserId } from '@dialog/shared/contract/values';
import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { ApiError, type ApiErrorCode, type Call } from '../platform/api.ts';
import { openStorage } from '../platform/storage.ts';
import { createAccount, type Me } from './account.ts';

const mira: Me = {
  user: { id: UserId.parse('018f2c5e-7a50-7cc1-b6b1-6ad1ef6f9d11'), userName: 'mira', displayName: 'Mira' },
  sessionId: SessionId.parse('018f2c5e-7a50-7cc1-b6b1-6ad1ef6f9d12'),
};

beforeEach(() => {
  const kept = new Map<string, string>();
  globalThis.localStorage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as Storage;
});

/** Tabs of one browser: what one says, the others hear. */
function aBrowser(answer: Me | ApiErrorCode = mira) {
  const tabs: ((event: MessageEvent) => void)[] = [];
  const call = (async (route: unknown) => {
    if (typeof answer === 'string') throw new ApiError(answer);
    return route === authRoutes.getMe ? answer : {};
  }) as unknown as Call;
  return function aTab() {
    let hear: ((event: MessageEvent) => void) | undefined;
    const channel = {
      postMessage: (data: unknown) =>
        tabs.filter((tab) => tab !== hear).forEach((tab) => tab({ data } as MessageEvent)),
      addEventListener: (_name: string, listener: (event: MessageEvent) => void) => {
        hear = listener;
        tabs.push(listener);
      },
    };
    return createAccount({ call, channel: channel as unknown as BroadcastChannel });
  };
}

test('who signed in is still there after a reload, without asking the server', () => {
  const aTab = aBrowser('offline');
  aTab().enter(mira);
  expect(aTab().store.getState()).toEqual({ kind: 'signed-in', me: mira });
});

test('signing in and out in one tab reaches the others', async () => {
  const aTab = aBrowser();
  const [here, there] = [aTab(), aTab()];
  here.enter(mira);
  expect(there.store.getState()).toEqual({ kind: 'signed-in', me: mira });
  await here.signOut();
  expect(here.store.getState()).toEqual({ kind: 'signed-out', hasEnded: false });
  expect(there.store.getState()).toEqual({ kind: 'signed-out', hasEnded: true });
});

test('who signs out is not told that they were signed out, though the socket hears of it before the answer', async () => {
  const aTab = aBrowser();
  const [here, there] = [aTab(), aTab()];
  here.enter(mira);
  const leaving = here.signOut();
  there.ended();
  here.ended();
  await leaving;
  expect(here.store.getState()).toEqual({ kind: 'signed-out', hasEnded: false });
  here.enter(mira);
  here.ended();
  expect(here.store.getState()).toEqual({ kind: 'signed-out', hasEnded: true });
});

test('a sign-out that the server does not hear of is none', async () => {
  const account = aBrowser('offline')();
  account.enter(mira);
  await expect(account.signOut()).rejects.toMatchObject({ code: 'offline' });
  expect(account.store.getState().kind).toBe('signed-in');
});

test('signing out of a session that has ended already is done', async () => {
  const account = aBrowser('not-signed-in')();
  account.enter(mira);
  await account.signOut();
  expect(account.store.getState().kind).toBe('signed-out');
});

test('when a session ends, what was kept for the person goes with it', async () => {
  const account = aBrowser()();
  account.enter(mira);
  const storage = await openStorage(mira.user.id);
  await storage.put('drafts', 'a', 'half a thought');
  storage.close();
  account.ended();
  const fresh = await openStorage(mira.user.id);
  expect(await fresh.list('drafts', z.string())).toEqual([]);
  fresh.close();
  expect(aBrowser()().store.getState().kind).toBe('signed-out');
});

test('a browser that remembers nobody but holds a session finds out whose', async () => {
  const account = aBrowser()();
  await account.look();
  expect(account.store.getState()).toEqual({ kind: 'signed-in', me: mira });
});
