import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Clock } from './clock.ts';
import { backOffMs, createSocket, type Wire, type WireEar } from './socket.ts';

/** Time that passes when told to. */
function aClock() {
  let now = 0;
  let timers: { at: number; run: () => void }[] = [];
  const clock: Clock = {
    now: () => now,
    after(delayMs, run) {
      const timer = { at: now + delayMs, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
  };
  async function pass(ms: number): Promise<void> {
    const until = now + ms;
    for (;;) {
      await settle();
      const next = timers.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
      if (!next) break;
      timers = timers.filter((one) => one !== next);
      now = next.at;
      next.run();
    }
    now = until;
    await settle();
  }
  return { clock, pass, timers: () => timers.length };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A server at the other end of the wire. */
function aWire(clock: Clock) {
  let ear: WireEar | undefined;
  const seen = { connects: 0, disconnects: 0, sent: [] as [string, unknown][], isAnswering: true };
  const wire: Wire = {
    connect: () => void (seen.connects += 1),
    disconnect: () => void (seen.disconnects += 1),
    send: (name, payload) => void seen.sent.push([name, payload]),
    ask: (_name, _payload, timeoutMs) =>
      seen.isAnswering
        ? Promise.resolve({ ok: true, reply: {} })
        : new Promise((_resolve, reject) => void clock.after(timeoutMs, () => reject(new Error('no answer')))),
    hear: (given) => {
      ear = given;
    },
  };
  const there = (): WireEar => {
    if (!ear) throw new Error('nobody listens');
    return ear;
  };
  return { wire, seen, there };
}

function aConnectedSocket() {
  const time = aClock();
  const { wire, seen, there } = aWire(time.clock);
  const socket = createSocket({ wire, clock: time.clock, random: () => 0.5 });
  socket.connect();
  there().connected();
  const status = () => socket.status.getState().status;
  return { ...time, socket, seen, there, status };
}

test('a quiet connection that still answers stays up, and one that does not is given up within 5 seconds', async () => {
  const { pass, seen, status } = aConnectedSocket();
  await pass(60_000);
  expect(status()).toBe('connected');
  seen.isAnswering = false;
  await pass(5_000);
  expect(status()).not.toBe('connected');
  expect(seen.disconnects).toBe(1);
});

test('a lost connection is tried again, later each time, until it is back', async () => {
  const { pass, seen, there, status } = aConnectedSocket();
  for (let tries = 0; tries < 6; tries += 1) {
    there().down();
    expect(status()).toBe('waiting');
    await pass(10_000);
  }
  expect(seen.connects).toBe(7);
  there().connected();
  expect(status()).toBe('connected');
});

test('who comes back to the page does not wait for the next try', () => {
  const { seen, there, socket } = aConnectedSocket();
  there().down();
  socket.checkNow();
  expect(seen.connects).toBe(2);
});

test('a session that is over is not knocked at again', async () => {
  for (const end of ['event', 'refusal'] as const) {
    const { pass, seen, there, status, timers } = aConnectedSocket();
    if (end === 'event') there().event('signedOut', {});
    else there().down('not-signed-in');
    there().down();
    await pass(60_000);
    expect(status()).toBe('signed-out');
    expect(seen.connects).toBe(1);
    expect(timers()).toBe(0);
  }
});

test('only payloads that fit the contract are heard, and unknown events are passed over', () => {
  const { socket, there } = aConnectedSocket();
  const heard: unknown[] = [];
  socket.on('headsMoved', (heads) => heard.push(heads));
  there().event('headsMoved', { person: 'seven', chats: [] });
  there().event('somethingNew', {});
  there().event('headsMoved', { person: 7, chats: [] });
  expect(heard).toEqual([{ person: 7, chats: [] }]);
});

test('each connect is a time to catch up, and signals without one are lost', () => {
  const { socket, there, seen } = aConnectedSocket();
  let connects = 0;
  const stop = socket.onConnected(() => void (connects += 1));
  there().down();
  socket.signal('watchPeople', { userIds: [] });
  there().connected();
  socket.signal('watchPeople', { userIds: [] });
  stop();
  there().connected();
  expect(connects).toBe(1);
  expect(seen.sent).toEqual([['watchPeople', { userIds: [] }]]);
});

test('an act without an answer says whether the server was there', async () => {
  const { socket, seen, there, pass } = aConnectedSocket();
  seen.isAnswering = false;
  const slow = socket.act({ route: 'getMe', input: {} }, 1_000).catch((failure: unknown) => failure);
  await pass(1_000);
  expect(await slow).toMatchObject({ code: 'timeout' });
  const cut = socket.act({ route: 'getMe', input: {} }, 1_000).catch((failure: unknown) => failure);
  there().down();
  await pass(1_000);
  expect(await cut).toMatchObject({ code: 'offline' });
});

test('the wait before a try is never under half a second nor over ten', () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (attempt, random) => {
      const wait = backOffMs(attempt, random);
      expect(wait).toBeGreaterThanOrEqual(500);
      expect(wait).toBeLessThanOrEqual(10_000);
    }),
  );
});
