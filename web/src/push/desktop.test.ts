import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { aChatId } from '../testing/ids.ts';
import { tellOnce } from '../worker/pushedRecord.ts';
import { createDesktop } from './desktop.ts';

test('what the page could not show, a push shows; what it showed, none shows again', async () => {
  const shown: string[] = [];
  let fails = true;
  const shower = {
    async showNotification(title: string) {
      if (fails) throw new TypeError('not now');
      shown.push(title);
    },
    getNotifications: async () => [],
  };
  const desktop = createDesktop({ shower: async () => shower, tellOnce });
  const notice = (position: number) => ({
    ...{ tag: 'chat:a', chatId: aChatId(1), thread: null, position, at: 0, path: '/' },
    ...{ title: `of the page ${position}`, body: '', picture: undefined },
  });
  const pushed = (position: number) =>
    tellOnce({ tag: 'chat:a', position }, async () => void shown.push(`of a push ${position}`));

  await expect(desktop.show(notice(1))).rejects.toThrow('not now');
  await pushed(1);
  fails = false;
  await desktop.show(notice(2));
  await pushed(2);
  expect(shown).toEqual(['of a push 1', 'of the page 2']);
});
