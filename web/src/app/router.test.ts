import { ChatId } from '@dialog/shared/contract/values';
import { expect, test } from 'vitest';
import { createRouter, pathOf, type Place, placeAt } from './router.ts';

const chatId = ChatId.parse('018f2c5e-7a50-7cc1-b6b1-6ad1ef6f9d11');

function aBrowser(path: string) {
  const visited = [path];
  let hear = (): void => undefined;
  const history = {
    pushState: (_state: unknown, _title: string, to: string) => void visited.push(to),
    replaceState: (_state: unknown, _title: string, to: string) => void visited.splice(-1, 1, to),
    back() {
      visited.pop();
      hear();
    },
  };
  const browser = {
    history,
    location: {
      get pathname() {
        return visited.at(-1);
      },
    },
    addEventListener: (_name: string, listener: () => void) => {
      hear = listener;
    },
  };
  return { browser: browser as unknown as Window, visited };
}

test('every place has an address that leads back to it', () => {
  const places: Place[] = [
    { name: 'home' },
    { name: 'chat', chatId },
    { name: 'chat', chatId, thread: 41 },
    { name: 'settings' },
    { name: 'settings', section: 'security' },
    { name: 'settings', section: 'security', setting: 'password' },
    { name: 'sign-in' },
    { name: 'sign-up' },
    { name: 'forgot' },
    { name: 'gallery' },
  ];
  for (const place of places) expect(placeAt(pathOf(place))).toEqual(place);
});

test('an address that names nothing is not found, and neither is a chat whose id is none', () => {
  for (const path of [
    '/nothing',
    '/chat',
    '/chat/',
    '/chat/me',
    `/chat/${chatId}/more`,
    '/settings/nothing',
    '/settings/security/password/more',
    '/settings/security/1',
    '/constructor',
    '//evil.example',
  ])
    expect(placeAt(path)).toEqual({ name: 'not-found' });
});

test('a slash at the end changes nothing', () => {
  expect(placeAt('/settings/')).toEqual({ name: 'settings' });
});

test('back leads to where one was, and home for who came from outside', () => {
  const { browser } = aBrowser('/settings');
  const router = createRouter(browser);
  router.back();
  expect(router.store.getState().place).toEqual({ name: 'home' });
  router.go({ name: 'chat', chatId });
  router.go({ name: 'settings' });
  router.back();
  expect(router.store.getState().place).toEqual({ name: 'chat', chatId });
});

test('who came from outside into a section gets back to the list of sections', () => {
  const { browser, visited } = aBrowser('/settings/security');
  createRouter(browser).back({ name: 'settings' });
  expect(visited).toEqual(['/settings']);
});

test('going where one is already leaves the history alone', () => {
  const { browser, visited } = aBrowser('/settings');
  createRouter(browser).go({ name: 'settings' });
  expect(visited).toEqual(['/settings']);
});

test('who asks once more for the setting that is open is led to it once more', () => {
  const { browser, visited } = aBrowser('/settings/security/password');
  const router = createRouter(browser);
  let led = 0;
  router.store.subscribe(() => (led += 1));
  router.go({ name: 'settings', section: 'security', setting: 'password' });
  expect(led).toBe(1);
  expect(visited).toEqual(['/settings/security/password']);
});
