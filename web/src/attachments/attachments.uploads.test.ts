import { type Attachment, attachmentRoutes } from '@dialog/shared/attachments';
import { AttachmentId } from '@dialog/shared/contract/values';
import { expect, test } from 'vitest';
import { ApiError } from '../platform/api.ts';
import { createFakeCall } from '../testing/fakeServer.ts';
import { aChatId } from '../testing/ids.ts';
import type { Transfer } from './attachments.transfer.ts';
import { createUploads } from './attachments.uploads.ts';

const chatId = aChatId(1);
const never = new AbortController().signal;

function anAttachment(n: number): Attachment {
  const id = AttachmentId.parse(`00000000-0000-7000-9000-${n.toString(16).padStart(12, '0')}`);
  return { id, kind: 'file', name: `${n}.txt`, size: 5, mime: 'text/plain' };
}

/** A server that knows how much of each file it has, and the browser that sends them. */
function aWorld() {
  const { call, answer } = createFakeCall();
  const received = new Map<AttachmentId, number>();
  const begun: { readonly id: AttachmentId; readonly isBegun: boolean }[] = [];
  let running = 0;
  let most = 0;
  let meet: Transfer = async ({ metadata, blob }) => void received.set(metadata.id, blob.size);
  answer(attachmentRoutes.getAttachment, ({ params }) => {
    const id = AttachmentId.parse(params.attachmentId);
    const got = received.get(id);
    if (got === undefined) throw new ApiError('attachment-not-found');
    if (got < 5) return { state: 'uploading' as const, received: got, size: 5 };
    return { state: 'ready' as const, attachment: { ...anAttachment(1), id } };
  });
  const lost = new Set<AttachmentId>();
  const uploads = createUploads({
    call,
    files: { read: async (id) => (lost.has(id) ? undefined : new Blob(['12345'])) },
    async transfer(file) {
      begun.push({ id: file.metadata.id, isBegun: file.isBegun });
      running += 1;
      most = Math.max(most, running);
      try {
        await meet(file);
      } finally {
        running -= 1;
      }
    },
  });
  return { uploads, received, begun, lost, most: () => most, meets: (next: Transfer) => void (meet = next) };
}

test('files go up beside each other, but never more than three', async () => {
  const { uploads, received, most } = aWorld();
  const files = Array.from({ length: 10 }, (_, n) => anAttachment(n));
  await uploads.send(chatId, files, never);
  expect([...received.keys()].toSorted()).toEqual(files.map(({ id }) => id));
  expect(most()).toBe(3);
});

test('what the server has is not sent again, and what it has a part of goes on', async () => {
  const { uploads, received, begun } = aWorld();
  const [whole, part, fresh] = [anAttachment(1), anAttachment(2), anAttachment(3)];
  received.set(whole.id, 5).set(part.id, 4);
  await uploads.send(chatId, [whole, part, fresh], never);
  expect(begun).toEqual([
    { id: part.id, isBegun: true },
    { id: fresh.id, isBegun: false },
  ]);
});

test('a refused file stops the others, which can go on later, and nothing seems to be under way any more', async () => {
  const { uploads, meets } = aWorld();
  const stopped: string[] = [];
  meets(({ metadata, signal, onProgress }) => {
    onProgress(0.5);
    if (metadata.name === '2.txt') return Promise.reject(new ApiError('file-too-large'));
    return new Promise((_, reject) =>
      signal.addEventListener('abort', () => {
        stopped.push(metadata.name);
        reject(signal.reason);
      }),
    );
  });
  const sending = uploads.send(chatId, [anAttachment(1), anAttachment(2)], never);
  await expect(sending).rejects.toMatchObject({ code: 'file-too-large' });
  await new Promise((resolve) => setTimeout(resolve));
  expect(stopped).toEqual(['1.txt']);
  expect(uploads.progress.getState().size).toBe(0);
});

test('how far a file got is known while it goes', async () => {
  const { uploads, meets } = aWorld();
  const { id } = anAttachment(1);
  const seen: (number | undefined)[] = [];
  meets(async ({ onProgress }) => {
    onProgress(0.25);
    seen.push(uploads.progress.getState().get(id));
  });
  await uploads.send(chatId, [anAttachment(1)], never);
  expect(seen).toEqual([0.25]);
});

test('a file that this browser no longer has is said to be gone, unless the server has it', async () => {
  const { uploads, lost, received } = aWorld();
  const file = anAttachment(1);
  lost.add(file.id);
  await expect(uploads.send(chatId, [file], never)).rejects.toMatchObject({ code: 'attachment-not-found' });
  received.set(file.id, 5);
  await uploads.send(chatId, [file], never);
});
