import { createHash, randomBytes } from 'node:crypto';
import { authRoutes } from '@dialog/shared/auth';
import { confirmingRoutes } from '@dialog/shared/auth.confirming';
import { recoveryRoutes } from '@dialog/shared/auth.recovery';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aUser, callRoute, fetchRoute, signInAgain, type Person } from '../testing/people.ts';
import { firstStep, letTimePass, secondStep, tally, turnOnTotp } from '../testing/proofs.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
});
afterAll(() => app.stop());

const NEW_PASSWORD = 'entirely other words';

function recover(wanted: { userName: string; code: string; newPassword?: string }, node = app.nodes[0]) {
  const body = { newPassword: NEW_PASSWORD, ...wanted };
  return callRoute({ url: node?.url ?? '', route: recoveryRoutes.recoverByCode, request: { body } });
}

const leftOf = async (person: Person) => (await person.call(confirmingRoutes.getSecurity)).recoveryCodesLeft;
const codeAt = (person: Person, index: number) => person.recoveryCodes[index] ?? '';

test('who forgot the password gets back in by a code from paper, however it is typed, and everyone else is out', async () => {
  const alice = await aUser(app);
  expect(alice.recoveryCodes).toHaveLength(10);
  const socket = await alice.connect(app.nodes[1]);
  const closed = new Promise((resolve) => socket.once('disconnect', resolve));
  await recover({
    userName: ` ${alice.userName.toUpperCase()}`,
    code: codeAt(alice, 3).toLowerCase().replaceAll('-', ' '),
  });
  await closed;
  await expect(alice.call(authRoutes.getMe)).rejects.toThrow('not-signed-in');
  await expect(signInAgain(app, alice)).rejects.toThrow('wrong-credentials');
  const back = await signInAgain(app, { ...alice, password: NEW_PASSWORD });
  expect(await leftOf(back)).toBe(9);
});

test('a code opens once, also when two nodes are asked in the same moment', async () => {
  const alice = await aUser(app);
  const tries = Array.from({ length: 8 }, (_, index) =>
    recover(
      { userName: alice.userName, code: codeAt(alice, 0), newPassword: `try number ${index} wins` },
      app.nodes[index % 2],
    ),
  );
  expect(await tally(tries)).toEqual({ ok: 1, 'wrong-recovery-code': 7 });
});

test('an unknown name, a wrong code and somebody else’s code look the same and take the same work', async () => {
  const [alice, mallory] = [await aUser(app), await aUser(app)];
  const times = { known: [] as number[], unknown: [] as number[] };
  const ask = async (userName: string, code: string, kept: number[]) => {
    const began = performance.now();
    const body = { userName, code, newPassword: NEW_PASSWORD };
    const response = await fetchRoute({ url: app.url, route: recoveryRoutes.recoverByCode, request: { body } });
    kept.push(performance.now() - began);
    const { requestId: _requestId, ...answer } = (await response.json()) as Record<string, unknown>;
    return { status: response.status, answer };
  };
  const refused = { status: 401, answer: { code: 'wrong-recovery-code' } };
  for (let round = 0; round < 7; round += 1) {
    expect(await ask(alice.userName, codeAt(mallory, 0), times.known)).toEqual(refused);
    expect(await ask('nobody_has_this', codeAt(mallory, 0), times.unknown)).toEqual(refused);
  }
  const ratio = Math.min(...times.unknown) / Math.min(...times.known);
  expect(ratio).toBeGreaterThan(0.4);
  expect(ratio).toBeLessThan(2.5);
  expect(await leftOf(mallory)).toBe(10);
});

test('a new password that is refused spends no code', async () => {
  const alice = await aUser(app, { displayName: 'Wilhelmina' });
  const code = codeAt(alice, 0);
  await expect(recover({ userName: alice.userName, code, newPassword: 'wilhelmina12' })).rejects.toThrow(
    'password-too-common',
  );
  await expect(recover({ userName: alice.userName, code, newPassword: 'short' })).rejects.toThrow('password-too-short');
  expect(await leftOf(alice)).toBe(10);
  // To who has no code the same password is as good as any: what she is called is not told.
  await expect(recover({ userName: alice.userName, code: 'AAAA', newPassword: 'wilhelmina12' })).rejects.toThrow(
    'wrong-recovery-code',
  );
});

test('new codes void the old ones, need a confirmation, and count as not yet kept', async () => {
  const alice = await aUser(app);
  await alice.call(recoveryRoutes.keepRecoveryCodes);
  expect(await alice.call(confirmingRoutes.getSecurity)).toMatchObject({
    recoveryCodesLeft: 10,
    areRecoveryCodesKept: true,
  });
  await letTimePass(app, alice, 11);
  await expect(alice.call(recoveryRoutes.makeRecoveryCodes)).rejects.toThrow('confirmation-needed');
  await alice.call(confirmingRoutes.confirmIdentity, {
    body: { proof: { kind: 'recovery-code', code: codeAt(alice, 9) } },
  });
  expect(await leftOf(alice)).toBe(9);
  const { codes } = await alice.call(recoveryRoutes.makeRecoveryCodes);
  expect(await alice.call(confirmingRoutes.getSecurity)).toMatchObject({
    recoveryCodesLeft: 10,
    areRecoveryCodesKept: false,
  });
  await expect(recover({ userName: alice.userName, code: codeAt(alice, 0) })).rejects.toThrow('wrong-recovery-code');
  await recover({ userName: alice.userName, code: codes[0] ?? '' });
});

test('a code stands in for the second factor, once, and a new password does not take that step away', async () => {
  const alice = await aUser(app);
  await turnOnTotp(alice);
  await recover({ userName: alice.userName, code: codeAt(alice, 0) });
  const changed = { ...alice, password: NEW_PASSWORD };
  const proof = { kind: 'recovery-code', code: codeAt(alice, 1) } as const;
  const steps = await Promise.all([firstStep(app, changed), firstStep(app, changed)]);
  const tries = steps.map(({ challenge }, index) => secondStep(app.nodes[index] ?? app, changed, { challenge, proof }));
  expect(await tally(tries)).toEqual({ ok: 1, 'wrong-proof': 1 });
});

test('codes cannot be found by trying, whichever node is asked', async () => {
  const strict = await startTestApp({ nodes: 2, limits: { recoverPerAccount: 10 } });
  try {
    const alice = await aUser(strict);
    const tries = Array.from({ length: 14 }, (_, index) =>
      recover({ userName: alice.userName, code: `AAAA-BBBB-CCCC-00${index}` }, strict.nodes[index % 2]),
    );
    expect(await tally(tries)).toEqual({ 'wrong-recovery-code': 10, 'rate-limited': 4 });
  } finally {
    await strict.stop();
  }
});

test('the database holds no code', async () => {
  const alice = await aUser(app);
  const rows = await app.app.db.rows<{ hash: Buffer }>(
    'SELECT code_hash AS hash FROM recovery_codes JOIN users ON users.id = user_id WHERE user_name = :userName',
    { userName: alice.userName },
  );
  expect(rows).toHaveLength(alice.recoveryCodes.length);
  const kept = Buffer.concat(rows.map(({ hash }) => hash));
  for (const code of alice.recoveryCodes) {
    const letters = code.replaceAll('-', '');
    for (const form of [code, letters, letters.toLowerCase()]) {
      expect(kept.indexOf(form)).toBe(-1);
      // Nor its hash alone, by which everybody's codes could be tried at once.
      expect(kept.indexOf(createHash('sha256').update(form).digest())).toBe(-1);
    }
  }
});

test('an operator who knows whom they speak to lets them in by the statements of operations.md', async () => {
  const alice = await aUser(app);
  const secret = await turnOnTotp(alice);
  expect(secret).not.toBe('');
  const { userName } = alice;
  // As `openssl rand -hex 10` makes one.
  const code = randomBytes(10).toString('hex').toUpperCase();
  await app.app.db.run(
    `INSERT INTO recovery_codes (user_id, code_hash, made_at)
     SELECT id, UNHEX(SHA2(CONCAT(id, :code), 256)), NOW(3) FROM users WHERE user_name = :userName`,
    { code, userName },
  );
  await app.app.db.run('DELETE FROM totp WHERE user_id = (SELECT id FROM users WHERE user_name = :userName)', {
    userName,
  });
  await app.app.db.run('UPDATE users SET has_passkey_step = FALSE WHERE user_name = :userName', { userName });
  await recover({ userName, code: code.toLowerCase() });
  await signInAgain(app, { userName, password: NEW_PASSWORD });
});
