import { randomBytes } from 'node:crypto';
import { setImmediate as soon } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { newKeyBytes, toSealingKey } from '../crypto/sealing.ts';
import { createAppender } from './appender.ts';
import { PART_BYTES } from './chunks.ts';
import type { FileStorage } from './fileStorage.ts';

/** A storage that answers when it is told to. */
function slowStorage() {
  const waiting = new Map<string, PromiseWithResolvers<void>>();
  const storage: FileStorage = {
    put(name) {
      const answer = Promise.withResolvers<void>();
      waiting.set(name, answer);
      return answer.promise;
    },
    async *read() {},
    removeAll: async () => {},
    hasRoom: async () => true,
  };
  return { storage, waiting };
}

async function anUpload(parts: number) {
  const { storage, waiting } = slowStorage();
  const told: number[] = [];
  const size = parts * PART_BYTES;
  const file = { folder: '', key: toSealingKey(newKeyBytes()), context: Buffer.from('file'), size };
  const appender = await createAppender(storage, file, { received: 0, stored: async (upTo) => void told.push(upTo) });
  return { appender, waiting, told, part: randomBytes(PART_BYTES) };
}

test('two parts go to the storage at once, and no third; what is durable is told in the order of the file', async () => {
  const { appender, waiting, told, part } = await anUpload(3);
  await appender.write(part);
  await appender.write(part);
  const third = appender.write(part);
  await soon();
  expect([...waiting.keys()]).toEqual(['0', '1']);
  waiting.get('1')?.resolve();
  await soon();
  expect(told).toEqual([]);
  waiting.get('0')?.resolve();
  await third;
  waiting.get('2')?.resolve();
  expect(await appender.settle()).toBe(3 * PART_BYTES);
  expect(told).toEqual([PART_BYTES, 2 * PART_BYTES, 3 * PART_BYTES]);
});

test('after a part that could not be stored nothing is told, and the failure comes when nothing is under way any more', async () => {
  const { appender, waiting, told, part } = await anUpload(2);
  await appender.write(part);
  await appender.write(part);
  waiting.get('0')?.reject(new Error('full'));
  let isOver = false;
  const settled = appender.settle().finally(() => {
    isOver = true;
  });
  settled.catch(() => undefined);
  await soon();
  expect(isOver).toBe(false);
  waiting.get('1')?.resolve();
  await expect(settled).rejects.toThrow('full');
  expect(told).toEqual([]);
});
