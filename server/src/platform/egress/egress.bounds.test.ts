import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { anEgress, faultOf, HTML, page } from '../../testing/egressed.ts';
import { startLoopbackSite, type Answer, type LoopbackSite } from '../../testing/loopbackSite.ts';
import { createEgress } from './egress.ts';

interface OddAnswer {
  readonly status?: number;
  readonly type?: string;
  readonly packing?: string;
  readonly location?: string;
}

const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

async function aSite(answer: Answer): Promise<LoopbackSite> {
  const site = await startLoopbackSite(answer);
  stops.push(site.stop);
  return site;
}

test('a site that never answers, and one that drips, are let go of in time', async () => {
  const silent = await aSite(() => undefined);
  const dripping = await aSite((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    const drip = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(drip));
  });
  const egress = anEgress({ allow: [silent.pair, dripping.pair], timeoutMs: 150 });
  const before = performance.now();
  const faults = await Promise.all(
    [silent, dripping].map((site) => faultOf(egress.fetch(`http://${site.pair}/`, HTML))),
  );
  expect(faults).toEqual(['too-slow', 'too-slow']);
  expect(performance.now() - before).toBeLessThan(1_000);
});

test('a name server that never answers is let go of in time', async () => {
  const egress = createEgress({ allow: [], resolve: () => new Promise(() => undefined), timeoutMs: 100 });
  expect(await faultOf(egress.fetch('http://site.sample/', HTML))).toBe('too-slow');
});

test('redirects do not start the time anew', async () => {
  const site = await aSite(async (request, response) => {
    await sleep(100);
    response.writeHead(302, { location: `${request.url}x` }).end();
  });
  const egress = anEgress({ allow: [site.pair], timeoutMs: 180 });
  expect(await faultOf(egress.fetch(`http://${site.pair}/`, HTML))).toBe('too-slow');
});

test('of a huge page the beginning is enough, and a huge picture is none', async () => {
  let written = 0;
  const site = await aSite((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    const write = (): void => {
      if (response.destroyed || written > 50_000_000) return;
      written += 10_000;
      response.write('x'.repeat(10_000), write);
    };
    write();
  });
  const egress = anEgress({ allow: [site.pair] });
  expect((await egress.fetch(`http://${site.pair}/`, HTML)).body).toHaveLength(1_000);
  expect(await faultOf(egress.fetch(`http://${site.pair}/`, { ...HTML, whenLarger: 'refuse' }))).toBe('too-large');
  expect(written).toBeLessThan(50_000_000);
});

test('what says it is too large is not read', async () => {
  const site = await aSite((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-length': '5000' }).write('x');
  });
  const egress = anEgress({ allow: [site.pair] });
  expect(await faultOf(egress.fetch(`http://${site.pair}/`, { ...HTML, whenLarger: 'refuse' }))).toBe('too-large');
});

test.each([
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
] as const)('a bomb packed by %s goes off at the bound', async (encoding, pack) => {
  const bomb = pack(Buffer.alloc(20_000_000));
  const site = await aSite((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': encoding }).end(bomb);
  });
  const egress = anEgress({ allow: [site.pair] });
  expect((await egress.fetch(`http://${site.pair}/`, HTML)).body).toHaveLength(1_000);
  expect(await faultOf(egress.fetch(`http://${site.pair}/`, { ...HTML, whenLarger: 'refuse' }))).toBe('too-large');
});

test.each([
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
] as const)('an honest page packed by %s is read', async (encoding, pack) => {
  const site = await aSite((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': encoding }).end(pack('hello'));
  });
  const egress = anEgress({ allow: [site.pair] });
  expect((await egress.fetch(`http://${site.pair}/`, HTML)).body.toString()).toBe('hello');
});

test.each([
  ['another type', { type: 'application/octet-stream' }, 'wrong-type'],
  ['no type', {}, 'wrong-type'],
  ['a picture that is a drawing', { type: 'image/svg+xml' }, 'wrong-type'],
  ['an unknown packing', { type: 'text/html', packing: 'gzip, gzip' }, 'wrong-answer'],
  ['broken packing', { type: 'text/html', packing: 'gzip' }, 'unreachable'],
  ['an error', { status: 404, type: 'text/html' }, 'wrong-answer'],
  ['a redirect to nowhere', { status: 302 }, 'wrong-answer'],
  ['a redirect to no address', { status: 302, location: 'http://[' }, 'wrong-answer'],
] as const)('%s is refused', async (_kind, answer: OddAnswer, fault) => {
  const { status = 200, type, packing, location } = answer;
  const headers = { 'content-type': type, 'content-encoding': packing, location };
  const given = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
  const site = await aSite((_request, response) => response.writeHead(status, given).end('x'));
  const egress = anEgress({ allow: [site.pair] });
  expect(await faultOf(egress.fetch(`http://${site.pair}/`, HTML))).toBe(fault);
});

test('four go at a time, a hundred wait, and the next is refused', async () => {
  let open = 0;
  let most = 0;
  const site = await aSite(async (request, response) => {
    most = Math.max(most, (open += 1));
    await sleep(5);
    open -= 1;
    page('x')(request, response);
  });
  const egress = anEgress({ allow: [site.pair], timeoutMs: 10_000 });
  const faults = await Promise.all(
    Array.from({ length: 105 }, () => faultOf(egress.fetch(`http://${site.pair}/`, HTML))),
  );
  expect(most).toBe(4);
  expect(faults.filter((fault) => fault === 'fetched')).toHaveLength(104);
  expect(faults.at(-1)).toBe('busy');
});

test('who stops waits for nobody', async () => {
  const silent = await aSite(() => undefined);
  const egress = anEgress({ allow: [silent.pair], timeoutMs: 60_000 });
  const fault = faultOf(egress.fetch(`http://${silent.pair}/`, HTML));
  await sleep(30);
  egress.stop();
  expect(await fault).toBe('stopping');
});
