import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createCrowd, type Report } from './crowd.ts';
import { NO_FAULTS } from './ledger.ts';
import { startWrongServer, type Wrong } from './wrongServer.ts';

const CHAT = 'chat';

/** Three people; the first sends for a moment, one message at a time, to a server that makes this mistake. */
async function reportOn(wrong: Wrong): Promise<Report> {
  const server = await startWrongServer(wrong);
  const people = [1, 2, 3].map((index) => ({ index, token: '', from: '127.0.0.1', chatIds: [CHAT] }));
  const crowd = createCrowd({
    system: 'bare',
    url: server.url,
    people,
    senders: [1],
    keepsTimes: true,
    patienceMs: 300,
  });
  await crowd.connect();
  crowd.start({ kind: 'eager' });
  while (crowd.counters().acknowledged + crowd.counters().refused < 10) await sleep(5);
  const report = await crowd.settle(new Map([[CHAT, await crowd.stop()]]));
  crowd.close();
  await server.close();
  return report;
}

test('a right server is found right, and every delivery is counted', async () => {
  const report = await reportOn('nothing');
  expect(report.faults).toEqual(NO_FAULTS);
  expect(report.delivered).toBe(report.acknowledged * 3);
  expect(report.seen).toHaveLength(report.acknowledged);
});

test.each([
  ['loses', { ...NO_FAULTS, lost: 1 }],
  ['doubles', { ...NO_FAULTS, double: 1 }],
  ['swaps', { ...NO_FAULTS, misplaced: 1 }],
  ['invents', { ...NO_FAULTS, unexpected: 1 }],
] as const)('a server that %s one delivery is found wrong', async (wrong, faults) => {
  const report = await reportOn(wrong);
  expect(report.faults).toEqual(faults);
});

test('a refused send is counted as refused', async () => {
  const report = await reportOn('refuses');
  expect(report.refused).toBe(1);
});
