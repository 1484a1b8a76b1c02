import { MUTED_FOR_GOOD, type Folder } from '@dialog/shared/chats.values';
import { FolderId } from '@dialog/shared/contract/values';
import { expect, test } from 'vitest';
import { aChatModel, type ChatModel } from '../testing/chatModel.ts';
import { aUserId } from '../testing/ids.ts';
import {
  arranged,
  countAsking,
  isThere,
  nextUnmuting,
  partOf,
  pinnedAround,
  unreadTotal,
  withPlace,
} from './chats.arranging.store.ts';
import { applyChatChanges, applyPersonChanges, type ChatList, EMPTY_LIST } from './chats.store.ts';

const me = aUserId(1);
const other = aUserId(2);
const now = Date.UTC(2026, 5, 1);
const IN_AN_HOUR = new Date(now + 3_600_000).toISOString();

function listOf(...models: readonly ChatModel[]): ChatList {
  const chats = models.map((model) => model.summaryFor(me));
  return applyPersonChanges(EMPTY_LIST, { from: 0, revision: 1, chats, gone: [], marks: [], folders: null });
}

/** Each with one more message than the one before, so that the last stands first. */
function someChats(count: number): ChatModel[] {
  return Array.from({ length: count }, (_, at) => {
    const model = aChatModel(at + 1);
    for (let texts = 0; texts <= at; texts += 1) model.post(other, 'hi');
    return model;
  });
}

const shownIn = (list: ChatList) => arranged(list, now).shown.map(({ chat }) => chat.id);

test('pinned chats stand first in their own order, the others by activity', () => {
  const [a, b, c, d] = someChats(4) as [ChatModel, ChatModel, ChatModel, ChatModel];
  a.arrange({ pinOrder: 5 });
  b.arrange({ pinOrder: -1 });
  const list = listOf(a, b, c, d);
  expect(shownIn(list)).toEqual([b, a, d, c].map(({ chatId }) => chatId));
  expect(pinnedAround(arranged(list, now), a.chatId)).toEqual({ above: [b.chatId], below: [] });
  expect(pinnedAround(arranged(list, now), d.chatId)).toEqual({ above: [], below: [] });
});

test('an archived chat returns with the next message, unless it is muted', () => {
  const [quiet, muted] = someChats(2) as [ChatModel, ChatModel];
  quiet.arrange({ archivedAt: quiet.revision() });
  muted.arrange({ archivedAt: muted.revision(), mutedUntil: MUTED_FOR_GOOD });
  let list = listOf(quiet, muted);
  expect(shownIn(list)).toEqual([]);
  for (const model of [quiet, muted]) list = applyChatChanges(list, model.post(other, 'psst'), me);
  expect(shownIn(list)).toEqual([quiet.chatId]);
  expect(arranged(list, now).archived.map(({ chat }) => chat.id)).toEqual([muted.chatId]);
});

test('muted chats do not ask to be read, and do again when the mute ends', () => {
  const [loud, muted] = someChats(2) as [ChatModel, ChatModel];
  muted.arrange({ mutedUntil: IN_AN_HOUR });
  const list = listOf(loud, muted);
  expect(unreadTotal(list, now)).toBe(1);
  expect(countAsking(arranged(list, now).shown, now)).toBe(1);
  const end = nextUnmuting(list, now) ?? NaN;
  expect(end).toBe(Date.parse(IN_AN_HOUR));
  expect(unreadTotal(list, end)).toBe(3);
  expect(nextUnmuting(list, end)).toBeUndefined();
});

test('a chat that is marked as unread counts as one', () => {
  const [model] = someChats(1) as [ChatModel];
  model.readUpTo(model.revision());
  model.arrange({ isMarkedUnread: true });
  const list = listOf(model);
  expect(unreadTotal(list, now)).toBe(1);
  expect(partOf(arranged(list, now).shown, 'unread', { folders: [] })).toHaveLength(1);
});

test('the chat one is reading stays among the unread while it is open', () => {
  const [model] = someChats(1) as [ChatModel];
  model.readUpTo(model.revision());
  const { shown } = arranged(listOf(model), now);
  expect(partOf(shown, 'unread', { folders: [] })).toEqual([]);
  expect(partOf(shown, 'unread', { folders: [], selectedId: model.chatId })).toHaveLength(1);
});

test('a folder shows its chats, without those that are gone', () => {
  const [kept, left] = someChats(2) as [ChatModel, ChatModel];
  const folder: Folder = {
    id: FolderId.parse('018f4d5e-0000-7000-8000-000000000001'),
    name: 'Work',
    chatIds: [kept.chatId, left.chatId],
  };
  let list = applyPersonChanges(listOf(kept, left), {
    from: 1,
    revision: 2,
    chats: [],
    gone: [],
    marks: [],
    folders: [folder],
  });
  const { shown } = arranged(list, now);
  expect(partOf(shown, folder.id, { folders: list.folders })).toHaveLength(2);
  list = applyPersonChanges(list, { from: 2, revision: 3, chats: [], gone: [left.chatId], marks: [], folders: null });
  expect(list.folders).toEqual([{ ...folder, chatIds: [kept.chatId] }]);
  expect(isThere(folder.id, list.folders)).toBe(true);
  expect(isThere(folder.id, [])).toBe(false);
  expect(isThere('unread', [])).toBe(true);
});

test('what is shown before the server has said so gives way to what it says', () => {
  const [model] = someChats(1) as [ChatModel];
  const guessed = withPlace(listOf(model), model.chatId, { pinOrder: 3 });
  expect(guessed.chats.get(model.chatId)?.summary.place.pinOrder).toBe(3);
  model.arrange({ pinOrder: 0 });
  const told = { from: 1, revision: 2, chats: [model.summaryFor(me)], gone: [], marks: [], folders: null };
  expect(applyPersonChanges(guessed, told).chats.get(model.chatId)?.summary.place.pinOrder).toBe(0);
});
