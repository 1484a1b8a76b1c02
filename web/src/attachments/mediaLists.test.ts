import { Attachment, attachmentRoutes, type SentAttachment } from '@dialog/shared/attachments';
import { expect, test } from 'vitest';
import { ApiError } from '../platform/api.ts';
import { createFakeCall } from '../testing/fakeServer.ts';
import { aChatId, aUserId } from '../testing/ids.ts';
import { galleryItems } from './gallery.ts';
import { createMediaLists } from './mediaLists.store.ts';
import { keyOf, type MediaList } from './mediaLists.ts';

const chatId = aChatId(1);
const PAGE = 3;

function sent(position: number, place = 0): SentAttachment {
  const id = `00000000-0000-7000-9000-${(position * 16 + place).toString(16).padStart(12, '0')}`;
  const attachment = Attachment.parse({ id, kind: 'picture', name: 'a.png', size: 1, mime: 'image/png' });
  return { attachment, senderId: aUserId(1), position, sentAt: '2026-01-01T00:00:00.000Z' };
}

/** A chat with one picture at each position. */
function aChat(newest: number) {
  const { call, answer } = createFakeCall();
  let top = newest;
  let isAway = false;
  answer(attachmentRoutes.listAttachments, ({ query }) => {
    if (isAway) throw new ApiError('offline');
    const from = Math.min(top, Number(query.before ?? Infinity) - 1);
    const positions = Array.from({ length: PAGE }, (_, index) => from - index).filter((position) => position > 0);
    return { attachments: positions.map((position) => sent(position)), hasMore: from > PAGE };
  });
  const lists = createMediaLists(call);
  const list = (): MediaList | undefined => lists.store.getState().get(keyOf(chatId, 'media'));
  return {
    lists,
    list,
    positions: () => list()?.items.map(({ position }) => position),
    send: (count: number) => void (top += count),
    goAway: (is: boolean) => void (isAway = is),
  };
}

test('a list grows page by page, newest first, to its end', async () => {
  const { lists, list, positions } = aChat(7);
  await lists.refresh(chatId, 'media');
  await lists.loadMore(chatId, 'media');
  expect(positions()).toEqual([7, 6, 5, 4, 3, 2]);
  await lists.loadMore(chatId, 'media');
  expect(positions()).toEqual([7, 6, 5, 4, 3, 2, 1]);
  expect(list()?.hasMore).toBe(false);
});

test('what came since joins what was loaded, and never leaves a hole', async () => {
  const { lists, positions, send } = aChat(6);
  await lists.refresh(chatId, 'media');
  await lists.loadMore(chatId, 'media');
  send(2);
  await lists.refresh(chatId, 'media');
  expect(positions()).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
  send(10);
  await lists.refresh(chatId, 'media');
  expect(positions()).toEqual([18, 17, 16]);
});

test('the gallery reads on until it has reached what was pressed', async () => {
  const { lists, positions } = aChat(30);
  await lists.reach(chatId, 'media', sent(20).attachment.id);
  expect(positions()?.at(-1)).toBe(19);
});

test('without a network what is there stays, and the reason is said', async () => {
  const { lists, list, positions, goAway } = aChat(7);
  await lists.refresh(chatId, 'media');
  goAway(true);
  await lists.loadMore(chatId, 'media');
  expect(positions()).toEqual([7, 6, 5]);
  expect(list()?.state).toBe('offline');
});

test('arrows lead from old to new, and within a message in the order of picking', () => {
  const [first, second, later] = [sent(4, 1), sent(4, 2), sent(9)];
  const state = { chatId, currentId: second.attachment.id, own: [second] };
  expect(galleryItems(state, [later, second, first])).toEqual([first, second, later]);
  expect(galleryItems(state, [later])).toEqual([second]);
});
