import { createHash } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { createMediaClock } from './mediaClock.ts';
import { createMediaTokens } from './mediaTokens.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const KEYS = { apiKey: 'devkey', apiSecret: 'a secret of at least thirty-two characters' };
const alice = { room: 'room-1', identity: 'alice:phone', name: 'Alice' };

function tokensAt(nowMs: number, keys = KEYS) {
  return createMediaTokens({ ...keys, nowMs: () => nowMs });
}

function signed(claims: Record<string, unknown>, secret = KEYS.apiSecret) {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(KEYS.apiKey)
    .setSubject(alice.identity)
    .setExpirationTime(NOW / 1000 + 60)
    .sign(new TextEncoder().encode(secret));
}

test('a token grants exactly joining one room, publishing, subscribing and data, for a minute', async () => {
  const token = await tokensAt(NOW).mint(alice);
  expect(decodeProtectedHeader(token).alg).toBe('HS256');
  expect(decodeJwt(token)).toEqual({
    iss: 'devkey',
    sub: 'alice:phone',
    name: 'Alice',
    nbf: NOW / 1000,
    exp: NOW / 1000 + 60,
    video: { roomJoin: true, room: 'room-1', canPublish: true, canSubscribe: true, canPublishData: true },
  });
});

test('a token opens its door for a minute and no longer', async () => {
  const token = await tokensAt(NOW).mint(alice);
  expect(await tokensAt(NOW + 59_000).verify(token)).toEqual({ room: 'room-1', identity: 'alice:phone' });
  expect(await tokensAt(NOW + 66_000).verify(token)).toBeNull();
});

test('a token that is forged, unsigned or of another secret opens nothing', async () => {
  const tokens = tokensAt(NOW);
  const stranger = await tokensAt(NOW, { ...KEYS, apiSecret: 'another secret of at least thirty-two' }).mint(alice);
  const [head, body] = (await tokens.mint(alice)).split('.');
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
  const refused = await Promise.all(
    [stranger, `${head}.${body}.AAAA`, unsigned, '', 'x'].map((token) => tokens.verify(token)),
  );
  expect(refused).toEqual([null, null, null, null, null]);
});

test.each(['roomAdmin', 'roomCreate', 'roomList', 'roomRecord', 'hidden', 'canUpdateOwnMetadata'])(
  'a token with %s does not pass, even with our signature',
  async (grant) => {
    const token = await signed({ video: { roomJoin: true, room: 'room-1', [grant]: true } });
    expect(await tokensAt(NOW).verify(token)).toBeNull();
  },
);

test('a webhook counts only with the signature of exactly its body', async () => {
  const tokens = tokensAt(NOW);
  const body = '{"event":"participant_joined"}';
  const signature = await signed({ sha256: createHash('sha256').update(body).digest('base64') });
  const forged = await signed(
    { sha256: createHash('sha256').update(body).digest('base64') },
    'another secret of at least thirty-two',
  );
  expect(await tokens.isSigned(body, signature)).toBe(true);
  expect(await tokens.isSigned(`${body} `, signature)).toBe(false);
  expect(await tokens.isSigned(body, forged)).toBe(false);
  expect(await tokens.isSigned(body, undefined)).toBe(false);
  expect(await tokens.isSigned(body, await tokens.mint(alice))).toBe(false);
});

test('a node whose clock is an hour wrong makes tokens by the time of the media server', () => {
  let monotonic = 0;
  const clock = createMediaClock({ wallMs: () => NOW - 3_600_000, monotonicMs: () => monotonic });
  clock.hear(new Date(NOW).toUTCString());
  monotonic += 10_000;
  expect(Math.abs(clock.now() - (NOW + 10_000))).toBeLessThanOrEqual(1_000);
});
