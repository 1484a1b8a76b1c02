import { authRoutes } from '@dialog/shared/auth';
import { confirmingRoutes } from '@dialog/shared/auth.confirming';
import { secondFactorRoutes } from '@dialog/shared/auth.secondFactor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toBytes } from '../platform/ids.ts';
import { aUser, callRoute, fetchRoute, signInAgain, type Person } from '../testing/people.ts';
import { awayFromStepsEnd, codeOf, firstStep, letTimePass, secondStep, tally, turnOnTotp } from '../testing/proofs.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
});
afterAll(() => app.stop());

const totp = (code: string) => ({ kind: 'totp', code }) as const;

/** Forgets which steps were taken, as if time had passed. */
async function forgetSteps(person: Person): Promise<void> {
  await app.app.db.run('UPDATE totp SET last_step = 0 WHERE user_id = :id', { id: toBytes(person.user.id) });
}

test('with one-time codes on a right password leads no further than to the second step', async () => {
  const alice = await aUser(app);
  const secret = await turnOnTotp(alice);
  const body = { userName: alice.userName, password: alice.password, keep: 'cookie' } as const;
  const headers = { origin: app.url };
  const response = await fetchRoute({ url: app.url, route: authRoutes.signIn, request: { body }, headers });
  expect(response.headers.get('set-cookie')).toBeNull();
  expect(await response.json()).toEqual({
    kind: 'second-factor',
    challenge: expect.stringMatching(/^[\w-]{43}$/),
    factors: ['totp', 'recovery-code'],
  });
  const { challenge } = await firstStep(app, alice);
  const again = await secondStep(app.nodes[1] ?? app, alice, { challenge, proof: totp(codeOf(secret)) });
  expect((await again.call(authRoutes.getMe)).user.id).toBe(alice.user.id);
  // What was proved in two steps is proved.
  await again.call(authRoutes.signOutOthers);
});

test('whether there is a second factor is not told before the password is right', async () => {
  const [plain, careful] = [await aUser(app), await aUser(app)];
  await turnOnTotp(careful);
  for (const { userName } of [plain, careful, { userName: 'nobody_has_this' }])
    await expect(signInAgain(app, { userName, password: 'not the password' })).rejects.toThrow('wrong-credentials');
});

test('a secret asks for nothing before a right code has come, and lies sealed', async () => {
  const alice = await aUser(app);
  const { secret, uri } = await alice.call(secondFactorRoutes.beginTotp);
  expect(uri).toBe(
    `otpauth://totp/Dialog:${alice.userName}?issuer=Dialog&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
  );
  await expect(alice.call(secondFactorRoutes.turnOnTotp, { body: { code: '000000' } })).rejects.toThrow('wrong-proof');
  await signInAgain(app, alice);
  const [row] = await app.app.db.rows<{ secret: Buffer }>('SELECT secret FROM totp WHERE user_id = :id', {
    id: toBytes(alice.user.id),
  });
  expect(row?.secret.toString('latin1')).not.toContain(secret);
  await alice.call(secondFactorRoutes.turnOnTotp, { body: { code: codeOf(secret) } });
  await expect(signInAgain(app, alice)).rejects.toThrow('a second step');
  await expect(alice.call(secondFactorRoutes.beginTotp)).rejects.toThrow('already-on');
});

test('a code of the step before or after is taken, one further off is not', async () => {
  const alice = await aUser(app);
  const secret = await turnOnTotp(alice);
  for (const [steps, isTaken] of [
    [-1, true],
    [0, true],
    [1, true],
    [-2, false],
    [2, false],
  ] as const) {
    await forgetSteps(alice);
    const { challenge } = await firstStep(app, alice);
    await awayFromStepsEnd();
    const proof = totp(codeOf(secret, steps).replace(/(...)/, '$1 '));
    const step = secondStep(app, alice, { challenge, proof });
    if (isTaken) await step;
    else await expect(step).rejects.toThrow('wrong-proof');
  }
});

test('a code is taken once: not again, not an older one after it, and not by two nodes at once', async () => {
  const alice = await aUser(app);
  const secret = await turnOnTotp(alice);
  const steps = await Promise.all(Array.from({ length: 6 }, () => firstStep(app, alice)));
  const proof = totp(codeOf(secret));
  const tries = steps.map(({ challenge }, index) =>
    secondStep(app.nodes[index % 2] ?? app, alice, { challenge, proof }),
  );
  expect(await tally(tries)).toEqual({ ok: 1, 'wrong-proof': 5 });
  const { challenge } = await firstStep(app, alice);
  await expect(secondStep(app, alice, { challenge, proof: totp(codeOf(secret, -1)) })).rejects.toThrow('wrong-proof');
});

test('a first step leads in once, on whichever node, whatever follows it', async () => {
  const alice = await aUser(app);
  await turnOnTotp(alice);
  const { challenge } = await firstStep(app, alice);
  const tries = alice.recoveryCodes
    .slice(0, 4)
    .map((code, index) =>
      secondStep(app.nodes[index % 2] ?? app, alice, { challenge, proof: { kind: 'recovery-code', code } }),
    );
  expect(await tally(tries)).toEqual({ ok: 1, 'challenge-over': 3 });
  // What did not lead in is not used up.
  expect((await alice.call(confirmingRoutes.getSecurity)).recoveryCodesLeft).toBe(9);
});

test('a first step has five tries and five minutes', async () => {
  const alice = await aUser(app);
  const secret = await turnOnTotp(alice);
  const { challenge } = await firstStep(app, alice);
  const wrong = Array.from({ length: 7 }, (_, index) =>
    secondStep(app.nodes[index % 2] ?? app, alice, { challenge, proof: totp(`00000${index}`) }),
  );
  expect(await tally(wrong)).toEqual({ 'wrong-proof': 5, 'challenge-over': 2 });
  await expect(secondStep(app, alice, { challenge, proof: totp(codeOf(secret)) })).rejects.toThrow('challenge-over');

  const late = await firstStep(app, alice);
  await app.app.db.run('UPDATE auth_challenges SET expires_at = expires_at - INTERVAL 301 SECOND');
  await expect(secondStep(app, alice, { challenge: late.challenge, proof: totp(codeOf(secret)) })).rejects.toThrow(
    'challenge-over',
  );
});

test('a first step belongs to its account, and ends with the password that made it', async () => {
  const [alice, mallory] = [await aUser(app), await aUser(app)];
  await turnOnTotp(alice);
  const own = await turnOnTotp(mallory);
  const { challenge } = await firstStep(app, alice);
  await expect(secondStep(app, alice, { challenge, proof: totp(codeOf(own)) })).rejects.toThrow('wrong-proof');
  const newPassword = 'entirely other words';
  await alice.call(authRoutes.changePassword, { body: { currentPassword: alice.password, newPassword } });
  const proof = { kind: 'recovery-code', code: alice.recoveryCodes[0] ?? '' } as const;
  await expect(secondStep(app, alice, { challenge, proof })).rejects.toThrow('challenge-over');
});

test('who has the password cannot try codes by beginning again and again', async () => {
  const strict = await startTestApp({ nodes: 2, limits: { secondFactor: 10 } });
  try {
    const alice = await aUser(strict);
    await turnOnTotp(alice);
    const steps = await Promise.all(Array.from({ length: 14 }, () => firstStep(strict, alice)));
    const tries = steps.map(({ challenge }, round) =>
      secondStep(strict.nodes[round % 2] ?? strict, alice, { challenge, proof: totp(`1000${10 + round}`) }),
    );
    expect(await tally(tries)).toEqual({ 'wrong-proof': 10, 'rate-limited': 4 });
  } finally {
    await strict.stop();
  }
});

test('turning codes off needs a confirmation, for which a code will do', async () => {
  const alice = await aUser(app);
  const secret = await turnOnTotp(alice);
  await letTimePass(app, alice, 11);
  await expect(alice.call(secondFactorRoutes.turnOffTotp)).rejects.toThrow('confirmation-needed');
  expect((await alice.call(confirmingRoutes.getSecurity)).proofs).toEqual(['password', 'totp', 'recovery-code']);
  const confirm = () => alice.call(confirmingRoutes.confirmIdentity, { body: { proof: totp(codeOf(secret)) } });
  await confirm();
  await alice.call(secondFactorRoutes.turnOffTotp);
  await signInAgain(app, alice);
  await expect(confirm()).rejects.toThrow('wrong-proof');
});

test('the second step works while Redis is away from one node', async () => {
  const cut = await startTestApp({
    nodes: 2,
    configOf: (index) => (index === 1 ? { redisUrl: 'redis://127.0.0.1:1' } : {}),
  });
  try {
    const alice = await aUser(cut);
    const secret = await turnOnTotp(alice);
    const { challenge } = await firstStep(cut.nodes[1] ?? cut, alice);
    const proof = totp(codeOf(secret));
    const tries = cut.nodes.map((node) => secondStep(node, alice, { challenge, proof }));
    const counts = await tally(tries);
    expect(counts['ok']).toBe(1);
  } finally {
    await cut.stop();
  }
});

test('a cookie is set by the second step and not by the first', async () => {
  const alice = await aUser(app);
  const secret = await turnOnTotp(alice);
  const { challenge } = await firstStep(app, alice);
  const body = { challenge, proof: totp(codeOf(secret)), keep: 'cookie' } as const;
  const headers = { origin: app.url };
  const response = await fetchRoute({
    url: app.url,
    route: secondFactorRoutes.finishSignIn,
    request: { body },
    headers,
  });
  expect(response.headers.get('set-cookie')).toMatch(/^__Host-dialog=[\w-]{43};/);
  expect(await response.json()).not.toHaveProperty('token');
  const elsewhere = { origin: 'https://evil.example' };
  await expect(
    callRoute({ url: app.url, route: secondFactorRoutes.finishSignIn, request: { body }, headers: elsewhere }),
  ).rejects.toThrow('wrong-origin');
});
