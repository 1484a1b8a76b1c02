import type { SealingMessage } from '@dialog/shared/calls.peers';
import { expect, test } from 'vitest';
import { createTestClock } from '../../testing/testClock.ts';
import { createKeyExchange, type Sealing } from './keyExchange.ts';
import { createKeyPair } from './keys.ts';

test('all get the key of each other one, and see the same code', async () => {
  const call = aCall();
  const [anna, ben, clara] = [await call.join('anna'), await call.join('ben'), await call.join('clara')];
  await call.settle();
  for (const one of [anna, ben, clara])
    for (const other of [anna, ben, clara]) expect(one.keyOf(other.name)).toEqual(other.keyOf(other.name));
  expect(anna.sealing?.waitingFor).toEqual([]);
  expect(anna.sealing?.code).toMatch(/^(\d{5} ){5}\d{5}$/);
  expect(new Set([anna, ben, clara].map(({ sealing }) => sealing?.code)).size).toBe(1);
});

test('whoever comes has no key of what was said before', async () => {
  const call = aCall();
  const anna = await call.join('anna');
  await call.join('ben');
  await call.settle();
  const before = anna.keys.get('anna');
  const clara = await call.join('clara');
  await call.settle();
  expect(clara.everyKeyOf('anna')).not.toContainEqual(before);
  expect(clara.keyOf('anna')).toEqual(anna.keyOf('anna'));
});

test('whoever went has no key of what is said after, and what is sent changes to a new one within two seconds', async () => {
  const call = aCall();
  const [anna, ben, clara] = [await call.join('anna'), await call.join('ben'), await call.join('clara')];
  await call.settle();
  call.leave('clara');
  await call.settle();
  expect(clara.everyKeyOf('anna')).not.toContainEqual(anna.keyOf('anna'));
  expect(ben.keyOf('anna')).toEqual(anna.keyOf('anna'));
});

test('what is lost on the way is told again', async () => {
  const call = aCall();
  let chance = 1;
  call.loses = () => (chance = (chance * 48_271) % 2_147_483_647) % 3 !== 0;
  const [anna, ben] = [await call.join('anna'), await call.join('ben')];
  await call.settle(40_000);
  expect(anna.keyOf('ben')).toEqual(ben.keyOf('ben'));
  expect(ben.keyOf('anna')).toEqual(anna.keyOf('anna'));
});

test('what goes over the wire opens no key: not with all of it, and not for another device', async () => {
  const call = aCall();
  const [anna, ben] = [await call.join('anna'), await call.join('ben')];
  await call.settle();
  const wire = JSON.stringify(call.wire);
  for (const one of [anna, ben]) expect(wire).not.toContain(btoa(String.fromCodePoint(...(one.keyOf(one.name) ?? []))));
  // The blob for Ben, given to Clara by a server that mixes them up.
  const clara = await call.join('clara');
  await call.settle();
  const forBen = call.wire.findLast(
    ({ from, to, message }) => from === 'anna' && to === 'ben' && message.kind === 'sealedKey',
  );
  const known = clara.everyKeyOf('anna').length;
  if (forBen) clara.take('anna', forBen.message);
  await call.settle();
  expect(clara.everyKeyOf('anna')).toHaveLength(known);
});

test('a server that gives each side keys of its own is seen in the code', async () => {
  const call = aCall();
  const evil = await createKeyPair();
  call.change = (message) => (message.kind === 'sealing' ? { ...message, publicKey: evil.publicKey } : message);
  const [anna, ben] = [await call.join('anna'), await call.join('ben')];
  await call.settle();
  expect(anna.sealing?.code).toMatch(/\d/);
  expect(anna.sealing?.code).not.toBe(ben.sealing?.code);
  expect(anna.keyOf('ben')).toBeUndefined();
});

test('nonsense instead of a public key opens nothing and breaks nothing', async () => {
  const call = aCall();
  const anna = await call.join('anna');
  anna.meet(['ghost']);
  anna.take('ghost', { kind: 'sealing', publicKey: btoa('nonsense'), holds: -1 });
  await call.settle();
  expect(anna.sealing?.waitingFor).toEqual(['ghost']);
});

type Someone = Awaited<ReturnType<ReturnType<typeof aCall>['join']>>;

function aCall() {
  const clock = createTestClock();
  const present = new Map<string, Someone>();
  const wire: { from: string; to: string; message: SealingMessage }[] = [];
  const call = {
    wire,
    loses: (): boolean => false,
    change: (message: SealingMessage): SealingMessage => message,
    async join(name: string) {
      const used: { identity: string; key: Uint8Array }[] = [];
      const exchange = createKeyExchange({
        me: name,
        mine: await createKeyPair(),
        clock,
        tell(message, to) {
          wire.push({ from: name, to, message });
          if (!call.loses()) present.get(to)?.take(name, call.change(message));
        },
        apply: (identity, key) => void used.push({ identity, key }),
        changed: (sealing) => (someone.sealing = sealing),
      });
      const someone = {
        name,
        sealing: null as Sealing | null,
        get keys() {
          return new Map(used.map(({ identity, key }) => [identity, key]));
        },
        keyOf: (identity: string) => used.findLast((one) => one.identity === identity)?.key,
        everyKeyOf: (identity: string) => used.filter((one) => one.identity === identity).map(({ key }) => key),
        meet: exchange.meet,
        take: (identity: string, message: SealingMessage) => exchange.take({ identity, message }),
      };
      present.set(name, someone);
      tellPresence();
      return someone;
    },
    leave(name: string) {
      present.delete(name);
      tellPresence();
    },
    async settle(ms = 5_000) {
      for (let passed = 0; passed < ms; passed += 500) {
        // The browser's cryptography answers in its own time.
        await new Promise((resolve) => setTimeout(resolve, 3));
        await clock.advance(500);
      }
    },
  };
  function tellPresence(): void {
    for (const [name, { meet }] of present) meet([...present.keys()].filter((other) => other !== name));
  }
  return call;
}
