import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { afterEach, describe, expect, test } from 'vitest';
import { anEgress, faultOf, HTML, page } from '../../testing/egressed.ts';
import { startLoopbackSite, type Answer, type LoopbackSite } from '../../testing/loopbackSite.ts';
import { createEgress } from './egress.ts';
import type { Resolve } from './target.ts';

const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

async function aSite(answer: Answer): Promise<LoopbackSite> {
  const site = await startLoopbackSite(answer);
  stops.push(site.stop);
  return site;
}

describe('where it goes', () => {
  test('an exact pair that is allowed is reached, by its number and by a name that stands for it', async () => {
    const site = await aSite(page('hello'));
    const egress = anEgress({ allow: [site.pair], names: { 'site.sample': ['127.0.0.1'] } });
    const fetched = await egress.fetch(`http://site.sample:${site.port}/a?b`, HTML);
    expect(fetched.body.toString()).toBe('hello');
    await egress.fetch(`http://127.0.0.1:${site.port}/`, HTML);
    expect(site.heard.map(({ path, headers }) => [path, headers['host']])).toEqual([
      ['/a?b', `site.sample:${site.port}`],
      ['/', `127.0.0.1:${site.port}`],
    ]);
  });

  test('it brings no cookie, no referrer, nothing of ours', async () => {
    const site = await aSite((_request, response) => {
      response.setHeader('set-cookie', 'id=1');
      page('')(_request, response);
    });
    const egress = anEgress({ allow: [site.pair] });
    await egress.fetch(`http://${site.pair}/1`, HTML);
    await egress.fetch(`http://${site.pair}/2`, HTML);
    expect(Object.keys(site.heard[1]?.headers ?? {}).toSorted()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
  });

  test.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://①②⑦.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[fe80::1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://0.0.0.0/',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://intranet/',
    'http://printer.local/',
    'http://metadata.google.internal/',
    'http://router.home.arpa/',
    'http://anything.example/',
    'http://1.1.1.1:8080/',
    'http://1.1.1.1:22/',
    'https://user@1.1.1.1/',
    'https://user:password@1.1.1.1/',
    'ftp://1.1.1.1/',
    'gopher://1.1.1.1/',
    'file:///etc/passwd',
    'data:text/html,x',
    'javascript:alert(1)',
    '//1.1.1.1/',
    'http://',
    '',
    `http://1.1.1.1/${'x'.repeat(2_100)}`,
  ])('%s is not asked at all', async (url) => {
    const egress = anEgress({});
    expect(await faultOf(egress.fetch(url, HTML))).toBe('forbidden-address');
    expect(egress.asked).toEqual([]);
  });

  test.each([
    ['private', ['10.0.0.1']],
    ['loopback', ['127.0.0.1']],
    ['loopback as IPv6', ['::1']],
    ['mapped', ['::ffff:10.0.0.1']],
    ['public and private', ['93.184.215.14', '10.0.0.1']],
    ['public and link-local', ['2606:4700::1', 'fe80::1']],
  ])('a name with a %s address is not asked', async (_kind, addresses) => {
    const canary = await aSite(page('secret'));
    const egress = anEgress({ names: { 'site.sample': addresses } });
    expect(await faultOf(egress.fetch('http://site.sample/', HTML))).toBe('forbidden-address');
    expect(await faultOf(egress.fetch(`http://site.sample:${canary.port}/`, HTML))).toBe('forbidden-address');
    expect(canary.heard).toEqual([]);
  });

  test('a name that answers differently the second time gains nothing: it is asked once', async () => {
    const site = await aSite(page('first'));
    const canary = await aSite(page('secret'));
    let asked = 0;
    const resolve: Resolve = async () => {
      asked += 1;
      return [asked === 1 ? '127.0.0.1' : '127.0.0.2'];
    };
    const egress = createEgress({ allow: [site.pair], resolve });
    expect((await egress.fetch(`http://rebinding.sample:${site.port}/`, HTML)).body.toString()).toBe('first');
    expect([asked, canary.heard.length]).toEqual([1, 0]);
  });

  test('over TLS it asks for the name in the URL, and takes no certificate that nobody vouches for', async () => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'site.sample' }]);
    const named: string[] = [];
    let answered = 0;
    const server = createServer({ cert, key, SNICallback: (name, done) => (named.push(name), done(null)) }, () => {
      answered += 1;
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    stops.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    const egress = anEgress({ allow: [`127.0.0.1:${port}`], names: { 'site.sample': ['127.0.0.1'] } });
    expect(await faultOf(egress.fetch(`https://site.sample:${port}/`, HTML))).toBe('unreachable');
    expect([named, answered]).toEqual([['site.sample'], 0]);
  });

  test('a name that nobody has is unreachable', async () => {
    expect(await faultOf(anEgress({}).fetch('http://nobody.sample/', HTML))).toBe('unreachable');
  });
});

describe('redirects', () => {
  test('are followed three times, and no more', async () => {
    const site = await aSite((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) return page('arrived')(request, response);
      return void response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    const egress = anEgress({ allow: [site.pair] });
    expect(await egress.fetch(`http://${site.pair}/3`, HTML)).toMatchObject({ url: `http://${site.pair}/0` });
    expect(await faultOf(egress.fetch(`http://${site.pair}/4`, HTML))).toBe('too-many-redirects');
  });

  test.each([
    (canary: LoopbackSite) => `http://127.0.0.1:${canary.port}/`,
    (canary: LoopbackSite) => `http://[::ffff:127.0.0.1]:${canary.port}/`,
    (canary: LoopbackSite) => `http://inside.sample:${canary.port}/`,
    () => 'http://169.254.169.254/latest/meta-data/',
    () => 'file:///etc/passwd',
    (canary: LoopbackSite) => `http://user@127.0.0.1:${canary.port}/`,
  ])('into the inside are not followed (%#)', async (locationOf) => {
    const canary = await aSite(page('secret'));
    const site = await aSite(
      (_request, response) => void response.writeHead(301, { location: locationOf(canary) }).end(),
    );
    const egress = anEgress({ allow: [site.pair], names: { 'inside.sample': ['127.0.0.1'] } });
    expect(await faultOf(egress.fetch(`http://${site.pair}/`, HTML))).toBe('forbidden-address');
    expect(canary.heard).toEqual([]);
  });
});
