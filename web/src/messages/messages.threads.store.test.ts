import type { MessageMark } from '@dialog/shared/messages';
import { expect, test } from 'vitest';
import { aChatModel, type ChatModel } from '../testing/chatModel.ts';
import { aUserId } from '../testing/ids.ts';
import { applyChatChanges, applyOlderPage, type ChatHistory, messageAt, openHistory } from './messages.store.ts';
import { changeThread, hasNews, openThread, shownThread, threadView } from './messages.threads.store.ts';

const [ann, bob] = [aUserId(1), aUserId(2)];
const ROOT = 1;

function opened(server: ChatModel): ChatHistory {
  const page = server.pageBefore(Number.POSITIVE_INFINITY, 50);
  return openHistory({
    chatId: server.chatId,
    revision: server.revision(),
    page,
    cursors: [],
    marksRevision: 0,
    clearedPosition: 0,
  });
}

/** The newest `size` replies of the first message. */
function withThread(history: ChatHistory, server: ChatModel, size = 50): ChatHistory {
  const [root] = server.messagesFrom(ROOT);
  const replies = server.repliesTo(ROOT);
  const messages = replies.slice(-size);
  const hasOlder = messages.length < replies.length;
  const ends = { from: hasOlder ? (messages[0]?.position ?? 0) : 0, until: messages.at(-1)?.position ?? 0 };
  if (!root) throw new Error('no root');
  return openThread(history, { root, stretch: { ...ends, messages, hasOlder, hasNewer: false, marks: [] } });
}

function aServer(replies: number): ChatModel {
  const server = aChatModel();
  server.post(ann, 'a root');
  for (let n = 0; n < replies; n += 1) server.reply(0, bob, `reply ${n}`);
  return server;
}

test('a reply reaches its thread and its root, and no page of the conversation', () => {
  const server = aServer(2);
  let device = withThread(opened(server), server);
  device = applyChatChanges(device, server.post(ann, 'something else'));
  device = applyChatChanges(device, server.reply(0, bob, 'one more'));
  expect(device.messages).toEqual(server.messagesFrom(0));
  expect(device.threads.get(ROOT)).toMatchObject({
    messages: server.repliesTo(ROOT),
    root: { replies: { count: 3 } },
  });
});

test('a thread that nothing was said in stays the same object, so that nothing of it renders', () => {
  const server = aServer(1);
  const device = withThread(opened(server), server);
  const after = applyChatChanges(device, server.post(bob, 'elsewhere'));
  expect(after.threads).toBe(device.threads);
});

test('an older page of a thread goes into its window alone, and its root shows once nothing stands before', () => {
  const server = aServer(4);
  const device = withThread(opened(server), server, 2);
  const view = threadView(device, ROOT);
  const [root] = server.messagesFrom(ROOT);
  if (!view || !root) throw new Error('no thread');
  expect(shownThread(view, root).messages).toHaveLength(2);
  const page = { from: 0, messages: server.repliesTo(ROOT).slice(0, 2), hasOlder: false, marks: [] };
  const after = changeThread(device, ROOT, (held) => applyOlderPage(held, page));
  expect(after.messages).toBe(device.messages);
  const whole = threadView(after, ROOT);
  expect(whole && shownThread(whole, root).messages).toEqual([root, ...server.repliesTo(ROOT)]);
});

test('what stands in a thread is found there, and of what is not held nobody says that it is gone', () => {
  const server = aServer(2);
  const reply = server.repliesTo(ROOT)[1];
  const device = opened(server);
  expect(messageAt(device, reply?.position ?? 0)).toBeUndefined();
  expect(messageAt(withThread(device, server), reply?.position ?? 0)).toEqual(reply);
});

test('only the threads opened last are kept', () => {
  const server = aChatModel();
  for (let n = 0; n < 6; n += 1) server.post(ann, `root ${n}`);
  let device = opened(server);
  for (const root of server.messagesFrom(0)) {
    const stretch = { from: 0, until: 0, messages: [], hasOlder: false, hasNewer: false, marks: [] };
    device = openThread(device, { root, stretch });
  }
  expect([...device.threads.keys()]).toEqual([3, 4, 5, 6]);
});

test('there is news for who follows and has not read so far, but not of one’s own', () => {
  const server = aServer(1);
  const [root] = server.messagesFrom(ROOT);
  if (!root) throw new Error('no root');
  const mark = (isFollowing: boolean, readPosition: number): MessageMark => ({
    ...{ chatId: server.chatId, position: ROOT, isStarred: false, isHidden: false, reactions: [], revision: 1 },
    thread: { isFollowing, readPosition },
  });
  expect(hasNews(root, mark(true, 1), ann)).toBe(true);
  expect(hasNews(root, mark(true, 2), ann)).toBe(false);
  expect(hasNews(root, mark(false, 1), ann)).toBe(false);
  expect(hasNews(root, mark(true, 1), bob)).toBe(false);
  expect(hasNews(root, null, ann)).toBe(false);
});
