import { Attachment } from '@dialog/shared/attachments';
import { expect, test } from 'vitest';
import { ApiError } from '../platform/api.ts';
import { aChatId } from '../testing/ids.ts';
import { aBrowser, aTab, type Upload } from '../testing/outboxTabs.ts';
import { createTestClock } from '../testing/testClock.ts';

const fileId = '00000000-0000-7000-9000-000000000001';
const aFile = Attachment.parse({ id: fileId, kind: 'file', name: 'plan.pdf', size: 5, mime: 'application/pdf' });
const filesAfter =
  (uploaded: Promise<void>): Upload =>
  ({ attachments = [] }) =>
    attachments.length > 0 ? uploaded : Promise.resolve();

test('a message with files is posted once they are there, and what follows it waits', async () => {
  const clock = createTestClock();
  const browser = aBrowser(clock);
  const uploaded = Promise.withResolvers<void>();
  const { outbox } = aTab(browser, filesAfter(uploaded.promise));
  outbox.add(aChatId(1), { text: 'the plan', attachments: [aFile] });
  outbox.add(aChatId(1), { text: 'have you seen it?' });
  await clock.advance(60_000);
  expect(browser.server.textsOf(aChatId(1))).toEqual([]);
  uploaded.resolve();
  await clock.advance(1_000);
  expect(browser.server.textsOf(aChatId(1))).toEqual(['the plan', 'have you seen it?']);
});

test('a message given up in one tab while another uploads its files is never posted', async () => {
  const clock = createTestClock();
  const browser = aBrowser(clock);
  const stopped: unknown[] = [];
  aTab(browser, ({ attachments = [] }, signal) => {
    if (attachments.length === 0) return Promise.resolve();
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(stopped.push(signal.reason))));
  });
  const { outbox } = aTab(browser);
  const { id } = outbox.add(aChatId(1), { text: 'the plan', attachments: [aFile] });
  outbox.add(aChatId(1), { text: 'never mind' });
  await clock.advance(1_000);
  await outbox.remove(id).then(() => clock.advance(1_000));
  expect(stopped).toHaveLength(1);
  expect(browser.server.textsOf(aChatId(1))).toEqual(['never mind']);
});

test('a message given up while the one before it goes up is never posted', async () => {
  const clock = createTestClock();
  const browser = aBrowser(clock);
  const uploaded = Promise.withResolvers<void>();
  const { outbox } = aTab(browser, filesAfter(uploaded.promise));
  outbox.add(aChatId(1), { text: 'the plan', attachments: [aFile] });
  const { id } = outbox.add(aChatId(1), { text: 'a slip' });
  await clock.advance(1_000);
  await outbox.remove(id).then(uploaded.resolve);
  await clock.advance(1_000);
  expect(browser.server.textsOf(aChatId(1))).toEqual(['the plan']);
});

test('a refused file leaves the message with its writer, who can send it again', async () => {
  const clock = createTestClock();
  const browser = aBrowser(clock);
  let isRefused = true;
  const { outbox } = aTab(browser, () =>
    isRefused ? Promise.reject(new ApiError('storage-full')) : Promise.resolve(),
  );
  const { id } = outbox.add(aChatId(1), { text: 'the plan', attachments: [aFile] });
  await clock.advance(1_000);
  expect(outbox.store.getState().items).toMatchObject([{ refusal: 'storage-full', attachments: [aFile] }]);
  isRefused = false;
  await outbox.retry(id).then(() => clock.advance(1_000));
  expect(browser.server.textsOf(aChatId(1))).toEqual(['the plan']);
});
