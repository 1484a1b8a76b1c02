import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const least = { DATABASE_URL: 'mysql://root@127.0.0.1:3306/dialog', REDIS_URL: 'redis://127.0.0.1:6379' };

test('two addresses are enough', () => {
  expect(readConfig(least)).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    tls: null,
    livekit: [],
    publicOrigins: null,
    trustedProxies: [],
  });
});

test('everything that is wrong is named at once, and no value is shown', () => {
  const wrong = { ...least, DATABASE_URL: '', PORT: 'eighty', METRICS_TOKEN: 'short' };
  expect(() => readConfig(wrong)).toThrow(/DATABASE_URL.*|PORT.*|METRICS_TOKEN/);
  expect(() => readConfig(wrong)).not.toThrow(/short|eighty/);
});

test('calls of two go directly unless the operator says otherwise, and a relay needs its secret', () => {
  const relay = { TURN_URLS: 'turn:a.example:3478?transport=udp, turns:a.example:443?transport=tcp' };
  expect(readConfig({ ...least, ...relay })).toMatchObject({ hasDirectCalls: true, turn: null });
  const urls = ['turn:a.example:3478?transport=udp', 'turns:a.example:443?transport=tcp'];
  expect(readConfig({ ...least, ...relay, TURN_SECRET: 'secret', DIRECT_CALLS: 'off' })).toMatchObject({
    hasDirectCalls: false,
    turn: { urls, secret: 'secret' },
  });
  expect(() => readConfig({ ...least, DIRECT_CALLS: 'maybe' })).toThrow(/DIRECT_CALLS/);
});

test('origins are exact', () => {
  expect(
    readConfig({ ...least, PUBLIC_ORIGINS: 'https://chat.example.org, http://localhost:3000/' }).publicOrigins,
  ).toEqual(['https://chat.example.org', 'http://localhost:3000']);
  for (const wrong of ['*', 'chat.example.org', 'https://chat.example.org/path', 'https://*.example.org/x']) {
    expect(() => readConfig({ ...least, PUBLIC_ORIGINS: wrong })).toThrow();
  }
});

test('an operator changes limits by name, to positive numbers', () => {
  expect(readConfig({ ...least, LIMITS: '{"send":500}' }).limits).toEqual({ send: 500 });
  for (const wrong of ['{"sned":500}', '{"send":0}', '{"send":"many"}', 'send', '{"send":1e400}']) {
    expect(() => readConfig({ ...least, LIMITS: wrong })).toThrow(/LIMITS/);
  }
});

test('a media server without its key stops the start', () => {
  expect(() => readConfig({ ...least, LIVEKIT_URL: 'http://127.0.0.1:7880' })).toThrow(/LIVEKIT_API_KEY/);
});

test('several media servers have names of their own, that stay and say nothing of where they are', () => {
  const common = { LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: 'secret' };
  const [lone] = readConfig({ ...least, ...common, LIVEKIT_URL: 'http://10.0.0.2:7880' }).livekit;
  expect(lone).toMatchObject({ name: 'main', url: 'http://10.0.0.2:7880' });

  const urls = { LIVEKIT_URLS: 'http://10.0.0.2:7880, http://own:better@10.0.0.3:7880/' };
  const [one, other] = readConfig({ ...least, ...common, ...urls }).livekit;
  expect(one).toMatchObject({ url: 'http://10.0.0.2:7880', apiKey: 'key', apiSecret: 'secret' });
  expect(other).toMatchObject({ url: 'http://10.0.0.3:7880', apiKey: 'own', apiSecret: 'better' });
  expect(new Set([one?.name, other?.name]).size).toBe(2);
  const turned = { LIVEKIT_URLS: urls.LIVEKIT_URLS.split(', ').toReversed().join(',') };
  expect(readConfig({ ...least, ...common, ...turned }).livekit.map(({ name }) => name)).toEqual([
    other?.name,
    one?.name,
  ]);

  expect(() => readConfig({ ...least, LIVEKIT_URLS: 'http://10.0.0.2:7880' })).toThrow(/LIVEKIT_API_KEY/);
  for (const wrong of ['10.0.0.2', 'ws://10.0.0.2:7880', 'http://10.0.0.2:7880,http://10.0.0.2:7880/'])
    expect(() => readConfig({ ...least, ...common, LIVEKIT_URLS: wrong })).toThrow(/LIVEKIT_URLS/);
});

test('files lie on the disk unless an object store is named whole', () => {
  expect(readConfig(least)).toMatchObject({
    files: { s3: null, maxBytes: 200 * 1024 * 1024, totalQuotaBytes: null, fullAtShare: 0.9 },
    clamav: null,
  });
  const store = { FILES_S3_ENDPOINT: 'http://127.0.0.1:9000', FILES_S3_BUCKET: 'dialog' };
  expect(() => readConfig({ ...least, ...store })).toThrow(/FILES_S3_ACCESS_KEY/);
  const keys = { FILES_S3_ACCESS_KEY: 'key', FILES_S3_SECRET_KEY: 'secret' };
  expect(readConfig({ ...least, ...store, ...keys }).files.s3).toMatchObject({ bucket: 'dialog', region: 'us-east-1' });
  expect(readConfig({ ...least, CLAMAV_HOST: 'clamav' }).clamav).toEqual({ host: 'clamav', port: 3310 });
  for (const wrong of ['0', '-1', 'many', '1e3']) {
    expect(() => readConfig({ ...least, FILES_MAX_MB: wrong })).toThrow(/FILES_MAX_MB/);
  }
});

test('what may be fetched besides is named by address and port, and is nothing by itself', () => {
  expect(readConfig(least).egressAllow).toEqual([]);
  expect(readConfig({ ...least, EGRESS_ALLOW: '127.0.0.1:8080, [::1]:9000' }).egressAllow).toEqual([
    '127.0.0.1:8080',
    '[::1]:9000',
  ]);
  for (const wrong of ['127.0.0.1', 'localhost:80', '10.0.0.0/8', '*:80', '::1:80', '127.0.0.1:99999']) {
    expect(() => readConfig({ ...least, EGRESS_ALLOW: wrong }), wrong).toThrow(/EGRESS_ALLOW/);
  }
});

test('GIFs need a key, ffmpeg is looked for unless it is named or switched off', () => {
  expect(readConfig(least)).toMatchObject({ giphy: null, ffmpeg: 'ffmpeg' });
  expect(readConfig({ ...least, GIPHY_URL: 'http://127.0.0.1:1/' }).giphy).toBeNull();
  expect(readConfig({ ...least, GIPHY_API_KEY: 'key' }).giphy).toEqual({
    key: 'key',
    url: 'https://api.giphy.com',
    rating: 'g',
  });
  expect(() => readConfig({ ...least, GIPHY_API_KEY: 'key', GIPHY_RATING: 'x' })).toThrow(/GIPHY_RATING/);
  expect(readConfig({ ...least, FFMPEG: 'off' }).ffmpeg).toBeNull();
  expect(readConfig({ ...least, FFMPEG: '/opt/ffmpeg' }).ffmpeg).toBe('/opt/ffmpeg');
});

test('where mails go out is checked before the start, and the password in it is never shown', () => {
  const SMTP_URL = 'smtps://dialog:topsecret@mail.example.org';
  const MAIL_FROM = 'Dialog <dialog@example.org>';
  expect(readConfig(least).smtp).toBeNull();
  expect(readConfig({ ...least, SMTP_URL, MAIL_FROM }).smtp).toEqual({ url: SMTP_URL, from: MAIL_FROM });
  expect(() => readConfig({ ...least, SMTP_URL })).toThrow(/MAIL_FROM/);
  for (const from of ['Dialog', 'a@b\r\nBcc: c@d', 'Dialog <dialog@example.org', '"x" <a@b.c>, d@e.f'])
    expect(() => readConfig({ ...least, SMTP_URL, MAIL_FROM: from })).toThrow(/MAIL_FROM/);
  for (const url of ['mail.example.org', 'https://dialog:topsecret@mail.example.org', 'smtp://']) {
    expect(() => readConfig({ ...least, SMTP_URL: url, MAIL_FROM })).toThrow(/SMTP_URL must/);
    expect(() => readConfig({ ...least, SMTP_URL: url, MAIL_FROM })).not.toThrow(/topsecret/);
  }
});

test('links in mails lead to where others get in, by TLS if there is any', () => {
  const origins = 'http://localhost:3000,https://localhost:3443,https://192.168.1.7:3443';
  expect(readConfig({ ...least, PUBLIC_ORIGINS: origins }).linkOrigin).toBe('https://192.168.1.7:3443');
  expect(readConfig({ ...least, PUBLIC_ORIGINS: 'http://localhost:3000' }).linkOrigin).toBe('http://localhost:3000');
  expect(readConfig(least).linkOrigin).toBeNull();
});
