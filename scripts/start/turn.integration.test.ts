import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askOverUdp, type Line } from '../doctor/ask.mjs';
import {
  ATTRIBUTE,
  decode,
  encode,
  errorCode,
  hideAddress,
  METHOD,
  type StunAnswer,
  type StunRequest,
} from '../doctor/stun.mjs';
import { ROOT } from './folders.mjs';
import { openPorts } from './ports.mjs';
import { provideServices } from './services.mjs';
import { waitUntil } from './waiting.mjs';

/** A relay as `npm start` provides it, on loopback (SECURITY, attack 8). Nothing is sent to any peer: it is only asked. */
const data = mkdtempSync(join(tmpdir(), 'dialog-test-'));
let relay: { readonly port: number; readonly secret: string; stop(): Promise<void> };

beforeAll(async () => {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
  const services = await provideServices({ data, only: ['turn'], env, forTests: true });
  const port = Number(/:(\d+)\?/.exec(services.env['TURN_URLS'] ?? '')?.[1]);
  relay = { port, secret: services.env['TURN_SECRET'] ?? '', stop: services.stop };
});
afterAll(async () => {
  inBothFamilies?.kill();
  await relay.stop();
  rmSync(data, { recursive: true, force: true });
});

const UDP = Buffer.from([17, 0, 0, 0]);
const TCP = Buffer.from([6, 0, 0, 0]);
const REFUSED = 401;
const FORBIDDEN = 403;
const UNSUPPORTED_TRANSPORT = 442;
/** REQUESTED-ADDRESS-FAMILY (RFC 8656). */
const FAMILY = 0x0017;
const IPV6 = Buffer.from([2, 0, 0, 0]);
/** The port has an allocation already. */
const MISMATCH = 437;
const QUOTA = 486;
const USER_QUOTA = 10;

const DENIED = {
  'this network': ['0.0.0.1', '0.255.255.255'],
  'private ranges': ['10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1', '192.168.255.255'],
  'shared addresses of providers': ['100.64.0.1', '100.127.255.255'],
  'other loopback': ['127.0.0.2', '127.255.255.255'],
  'link-local, and the address of cloud metadata': ['169.254.0.1', '169.254.169.254'],
  'special and documentation ranges': ['192.0.0.1', '192.0.2.1', '192.88.99.1', '198.51.100.1', '203.0.113.1'],
  'benchmarking ranges': ['198.18.0.1', '198.19.255.255'],
  'multicast, reserved and broadcast': ['224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
};

test.each(Object.entries(DENIED))('SECURITY 8: it relays nothing to %s', async (_what, peers) => {
  const line = await aRelay();
  for (const peer of peers) expect([peer, await permissionTo(line, hideAddress(peer, 80))]).toEqual([peer, FORBIDDEN]);
  line.close();
});

test.each([
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '64:ff9b::a00:1',
  '2002:a00:1::1',
  '2001::1',
  'fc00::1',
  'fe80::1',
  'ff02::1',
])('SECURITY 8: with an address of IPv6 as well it relays nothing to %s', async (peer) => {
  const line = await aRelay({ port: await relayInBothFamilies(), family: [[FAMILY, IPV6]] });
  expect(await permissionTo(line, hideAddress6(peer, 80))).toBe(FORBIDDEN);
  line.close();
});

test('with an address of IPv6 it relays to the open internet', async () => {
  const line = await aRelay({ port: await relayInBothFamilies(), family: [[FAMILY, IPV6]] });
  expect(await permissionTo(line, hideAddress6('2606:4700:4700::1111', 80))).toBe(0);
  line.close();
});

test('the relay of docker compose denies the same', () => {
  const denied = (file: string) => readFileSync(file, 'utf8').match(/^denied-peer-ip=.*$/gm);
  expect(denied(join(ROOT, 'deploy/turnserver.conf'))).toEqual(denied(join(data, 'turnserver.conf')));
});

test('it relays to the open internet, and to the address at which the media server and other relays are', async () => {
  const line = await aRelay();
  for (const peer of ['1.1.1.1', '127.0.0.1'])
    expect([peer, await permissionTo(line, hideAddress(peer, 80))]).toEqual([peer, 0]);
  line.close();
});

test.each([
  ['none', null],
  ['that have run out', () => credentials({ secret: relay.secret, endsInSeconds: -1 })],
  ['of another secret', () => credentials({ secret: 'another secret', endsInSeconds: 600 })],
  [
    'that someone made last longer',
    () => {
      const { name, password } = credentials({ secret: relay.secret, endsInSeconds: 60 });
      return { name: name.replace(/^\d+/, (end) => String(Number(end) + 86_400)), password };
    },
  ],
])('SECURITY 8: it relays for nobody with credentials %s', async (_what, made) => {
  const line = askOverUdp('127.0.0.1', relay.port);
  const first = await line.ask({ method: METHOD.allocate, attributes: [[ATTRIBUTE.transport, UDP]] });
  expect(errorCode(first)).toBe(REFUSED);
  if (made)
    expect(
      errorCode(
        await line.ask(signed({ refusal: first, mine: made() }, METHOD.allocate, [[ATTRIBUTE.transport, UDP]])),
      ),
    ).toBe(REFUSED);
  line.close();
});

test('SECURITY 8: it opens no TCP connection for anybody', async () => {
  const socket = connect(relay.port, '127.0.0.1');
  // It hangs up on whoever it refuses.
  socket.on('error', () => {});
  const ask = (request: StunRequest) =>
    new Promise<StunAnswer>((resolve, reject) => {
      socket.once('data', (packet: Buffer) => {
        const answer = decode(packet);
        if (answer) resolve(answer);
        else reject(new Error('no answer'));
      });
      socket.write(encode(request).packet);
    });
  const first = await ask({ method: METHOD.allocate, attributes: [[ATTRIBUTE.transport, TCP]] });
  const mine = credentials({ secret: relay.secret, endsInSeconds: 600 });
  const answer = first.isSuccess
    ? first
    : await ask(signed({ refusal: first, mine }, METHOD.allocate, [[ATTRIBUTE.transport, TCP]]));
  expect([answer.isSuccess, errorCode(answer)]).toEqual([false, UNSUPPORTED_TRANSPORT]);
  socket.destroy();
});

test('SECURITY 8: one person has ten relays in a call at the same time, and no more', async () => {
  const mine = credentials({ secret: relay.secret, endsInSeconds: 600, who: `greedy${Math.random()}` });
  const lines: Line[] = [];
  const codes: (number | undefined)[] = [];
  for (let count = 0; count <= USER_QUOTA; count += 1) {
    const { line, answer } = await allocate(mine);
    lines.push(line);
    codes.push(errorCode(answer));
  }
  expect(codes).toEqual([...Array.from({ length: USER_QUOTA }, () => undefined), QUOTA]);
  for (const line of lines) line.close();
});

interface Credentials {
  readonly name: string;
  readonly password: string;
}

/** As the server makes them (`server/src/calls/direct/iceServers.ts`). */
function credentials(wanted: { secret: string; endsInSeconds: number; who?: string }): Credentials {
  const { secret, endsInSeconds, who = `test${Math.random()}` } = wanted;
  const name = `${Math.floor(Date.now() / 1000) + endsInSeconds}:${who}`;
  return { name, password: createHmac('sha1', secret).update(name).digest('base64') };
}

type Attributes = StunRequest['attributes'];

function signed(
  { refusal, mine: { name, password } }: { refusal: StunAnswer; mine: Credentials },
  method: number,
  attributes: Attributes,
): StunRequest {
  const realm = refusal.attributes.get(ATTRIBUTE.realm) ?? Buffer.alloc(0);
  const nonce = refusal.attributes.get(ATTRIBUTE.nonce) ?? Buffer.alloc(0);
  const proof: Attributes = [
    [ATTRIBUTE.username, Buffer.from(name)],
    [ATTRIBUTE.realm, realm],
    [ATTRIBUTE.nonce, nonce],
  ];
  const key = createHash('md5').update(`${name}:${realm.toString()}:${password}`).digest();
  return { method, attributes: [...attributes, ...proof], key };
}

interface Where {
  readonly port?: number;
  readonly family?: Attributes;
}

/** From a port that the relay does not know from a test before: the system gives one again that was closed. */
async function allocate(mine: Credentials, { port = relay.port, family = [] }: Where = {}) {
  const attributes: Attributes = [[ATTRIBUTE.transport, UDP], ...family];
  for (let tries = 0; tries < 10; tries += 1) {
    const line = askOverUdp('127.0.0.1', port);
    const refusal = await line.ask({ method: METHOD.allocate, attributes });
    const answer = await line.ask(signed({ refusal, mine }, METHOD.allocate, attributes));
    if (errorCode(answer) !== MISMATCH) return { line, refusal, answer };
    line.close();
  }
  throw new Error('the relay knows every port');
}

/** A line with a relayed address. */
async function aRelay(where: Where = {}) {
  const mine = credentials({ secret: relay.secret, endsInSeconds: 600 });
  const { line, refusal, answer } = await allocate(mine, where);
  expect(answer.isSuccess).toBe(true);
  return {
    ask: (method: number, attributes: Attributes) => line.ask(signed({ refusal, mine }, method, attributes)),
    async close() {
      await line.ask(signed({ refusal, mine }, METHOD.refresh, [[ATTRIBUTE.lifetime, Buffer.alloc(4)]]));
      line.close();
    },
  };
}

let inBothFamilies: ChildProcess | undefined;
let portOfBoth: Promise<number> | undefined;

/** The same settings, with a relay address of IPv6 beside: an operator's machine has one. */
function relayInBothFamilies(): Promise<number> {
  return (portOfBoth ??= startInBothFamilies());
}

async function startInBothFamilies(): Promise<number> {
  const port = await openPorts(data).claim('turnInBoth', { host: '127.0.0.1' });
  const settings = readFileSync(join(data, 'turnserver.conf'), 'utf8')
    .replace(/^listening-port=.*$/m, `listening-port=${port}\nrelay-ip=::1`)
    .replace(/^pidfile=.*$/m, `pidfile=${join(data, 'both.pid')}`)
    .replace(/^userdb=.*$/m, `userdb=${join(data, 'both.db')}`);
  writeFileSync(join(data, 'both.conf'), settings, { mode: 0o600 });
  inBothFamilies = spawn('turnserver', ['-c', join(data, 'both.conf')], { stdio: 'ignore' });
  const isThere = async () => {
    const line = askOverUdp('127.0.0.1', port);
    const answer = await line.ask({ method: METHOD.binding, attributes: [] }).catch(() => undefined);
    line.close();
    return answer !== undefined;
  };
  if (!(await waitUntil(isThere, { withinMs: 15_000, everyMs: 200 }))) throw new Error('no relay came');
  return port;
}

/** The code of the refusal; 0 when it is granted. */
async function permissionTo(
  line: Awaited<ReturnType<typeof aRelay>>,
  peer: Attributes[number][1],
): Promise<number | undefined> {
  const answer = await line.ask(METHOD.createPermission, [[ATTRIBUTE.peer, peer]]);
  return answer.isSuccess ? 0 : errorCode(answer);
}

/** An IPv6 address as STUN hides it, by the request it is in. */
function hideAddress6(address: string, port: number) {
  return (id: Buffer): Buffer => {
    const mask = Buffer.concat([Buffer.from([0x21, 0x12, 0xa4, 0x42]), id]);
    const plain = bytesOf(address);
    const value = Buffer.alloc(20);
    value[1] = 2;
    value.writeUInt16BE(port ^ 0x2112, 2);
    for (const [at, byte] of plain.entries()) value[4 + at] = byte ^ (mask[at] ?? 0);
    return value;
  };
}

function bytesOf(address: string): Buffer {
  const inHex = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [before = '', after] = inHex.split('::');
  const groups = (text: string | undefined) => (text ? text.split(':') : []);
  const [head, tail] = [groups(before), groups(after)];
  const middle = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return Buffer.concat(
    [...head, ...middle, ...tail].map((group) => {
      const two = Buffer.alloc(2);
      two.writeUInt16BE(Number.parseInt(group, 16));
      return two;
    }),
  );
}
