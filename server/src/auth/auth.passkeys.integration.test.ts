import { authRoutes } from '@dialog/shared/auth';
import { confirmingRoutes } from '@dialog/shared/auth.confirming';
import { passkeyRoutes } from '@dialog/shared/auth.passkeys';
import type { PasskeyAsked } from '@dialog/shared/auth.passkeys.values';
import { secondFactorRoutes } from '@dialog/shared/auth.secondFactor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aUser, callRoute, signInAgain, type Person } from '../testing/people.ts';
import { addPasskey, codeOf, firstStep, letTimePass, secondStep, tally, turnOnTotp } from '../testing/proofs.ts';
import { createSoftPasskey, type SoftPasskey } from '../testing/softPasskey.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';

/** Where both nodes are reached by browsers, and the same without a name. */
const origin = 'http://localhost:4711';
const nameless = 'http://127.0.0.1:4711';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2, config: { publicOrigins: [origin, nameless] } });
});
afterAll(() => app.stop());

const ask = (node: TestNode = app): Promise<PasskeyAsked> =>
  callRoute({ url: node.url, route: passkeyRoutes.beginPasskeySignIn, headers: { origin } });

function signIn(answer: ReturnType<SoftPasskey['answer']>, node: TestNode = app) {
  const request = { body: { answer, keep: 'bearer' } } as const;
  return callRoute({ url: node.url, route: passkeyRoutes.signInByPasskey, request, headers: { origin } });
}

const headersOf = (person: Person) => ({ origin, authorization: `Bearer ${person.token}` });

test('a passkey signs its person in without a name, on another node than asked for it', async () => {
  const alice = await aUser(app);
  const passkey = await addPasskey(app, alice, origin);
  const asked = await ask(app.nodes[0]);
  expect(asked).toMatchObject({ rpId: 'localhost', userVerification: 'required', allowCredentials: [] });
  const { user } = await signIn(passkey.answer(asked, { origin, counter: 1 }), app.nodes[1]);
  expect(user.id).toBe(alice.user.id);
  const { passkeys } = await alice.call(confirmingRoutes.getSecurity);
  expect(passkeys).toMatchObject([{ name: 'Laptop', lastUsedAt: expect.any(String) }]);
});

test('an answer leads in once, also when two nodes get it in the same moment', async () => {
  const alice = await aUser(app);
  const passkey = await addPasskey(app, alice, origin);
  const answer = passkey.answer(await ask(), { origin, counter: 1 });
  const tries = Array.from({ length: 6 }, (_, index) => signIn(answer, app.nodes[index % 2]));
  expect(await tally(tries)).toEqual({ ok: 1, 'challenge-over': 5 });
});

test('what a passkey signed for another site, host or question is worth nothing here', async () => {
  const alice = await aUser(app);
  const passkey = await addPasskey(app, alice, origin);
  const stranger = createSoftPasskey();
  const wrong = async (make: (asked: PasskeyAsked) => ReturnType<SoftPasskey['answer']>) =>
    signIn(make(await ask())).then(
      () => 'ok',
      (error: Error) => error.message,
    );
  expect(await wrong((asked) => passkey.answer(asked, { origin: 'https://evil.example' }))).toBe('passkey-unknown');
  expect(await wrong((asked) => passkey.answer(asked, { origin, rpId: 'evil.example' }))).toBe('passkey-unknown');
  expect(await wrong((asked) => passkey.answer(asked, { origin, isVerified: false }))).toBe('passkey-unknown');
  expect(await wrong((asked) => stranger.answer(asked, { origin }))).toBe('passkey-unknown');
  expect(await wrong((asked) => ({ ...stranger.answer(asked, { origin }), id: passkey.id }))).toBe('passkey-unknown');
  expect(await wrong((asked) => passkey.answer({ ...asked, challenge: 'A'.repeat(43) }, { origin }))).toBe(
    'challenge-over',
  );
  // Asked of the person of a session, not of whoever comes.
  const forConfirming = await callRoute({
    url: app.url,
    route: passkeyRoutes.beginPasskeyProof,
    headers: headersOf(alice),
  });
  await expect(signIn(passkey.answer(forConfirming, { origin }))).rejects.toThrow('challenge-over');
});

test('a passkey whose count does not rise is a copy and opens nothing', async () => {
  const alice = await aUser(app);
  const passkey = await addPasskey(app, alice, origin);
  await signIn(passkey.answer(await ask(), { origin, counter: 7 }));
  await expect(signIn(passkey.answer(await ask(), { origin, counter: 7 }))).rejects.toThrow('passkey-unknown');
  await expect(signIn(passkey.answer(await ask(), { origin, counter: 6 }))).rejects.toThrow('passkey-unknown');
  await signIn(passkey.answer(await ask(), { origin, counter: 8 }));
  // Two answers with the same count to two questions: one of them is a copy’s.
  const [one, other] = [await ask(), await ask()];
  const tries = [one, other].map((asked, index) =>
    signIn(passkey.answer(asked, { origin, counter: 9 }), app.nodes[index]),
  );
  expect(await tally(tries)).toEqual({ ok: 1, 'passkey-unknown': 1 });
});

test('a question is good for five minutes', async () => {
  const alice = await aUser(app);
  const passkey = await addPasskey(app, alice, origin);
  const asked = await ask();
  await app.app.db.run('UPDATE auth_challenges SET expires_at = expires_at - INTERVAL 301 SECOND');
  await expect(signIn(passkey.answer(asked, { origin }))).rejects.toThrow('challenge-over');
});

test('a removed passkey opens nothing, and nobody removes another’s', async () => {
  const [alice, mallory] = [await aUser(app), await aUser(app)];
  const passkey = await addPasskey(app, alice, origin);
  const id = (await alice.call(confirmingRoutes.getSecurity)).passkeys[0]?.id;
  if (!id) throw new Error('no passkey');
  const params = { passkeyId: id };
  await expect(mallory.call(passkeyRoutes.removePasskey, { params })).rejects.toThrow('passkey-not-found');
  await expect(mallory.call(passkeyRoutes.renamePasskey, { params, body: { name: 'Mine' } })).rejects.toThrow(
    'passkey-not-found',
  );
  await alice.call(passkeyRoutes.renamePasskey, { params, body: { name: 'Old laptop' } });
  expect((await alice.call(confirmingRoutes.getSecurity)).passkeys[0]?.name).toBe('Old laptop');
  await letTimePass(app, alice, 11);
  await expect(alice.call(passkeyRoutes.removePasskey, { params })).rejects.toThrow('confirmation-needed');
  const asked = await callRoute({ url: app.url, route: passkeyRoutes.beginPasskeyProof, headers: headersOf(alice) });
  expect(asked.allowCredentials.map((known) => known.id)).toEqual([passkey.id]);
  const body = { proof: { kind: 'passkey', answer: passkey.answer(asked, { origin }) } } as const;
  await callRoute({
    url: app.url,
    route: confirmingRoutes.confirmIdentity,
    request: { body },
    headers: headersOf(alice),
  });
  await alice.call(passkeyRoutes.removePasskey, { params });
  await expect(signIn(passkey.answer(await ask(), { origin }))).rejects.toThrow('passkey-unknown');
});

test('nobody has more than ten, however many nodes are asked at once', async () => {
  const alice = await aUser(app);
  for (let made = 0; made < 8; made += 1) await addPasskey(app, alice, origin);
  expect(await tally(Array.from({ length: 5 }, () => addPasskey(app, alice, origin)))).toEqual({
    ok: 2,
    'limit-reached': 3,
  });
  await expect(addPasskey(app, alice, origin)).rejects.toThrow('limit-reached');
});

test('what was made for another question, person or account is not taken', async () => {
  const [alice, mallory] = [await aUser(app), await aUser(app)];
  const begin = (person: Person) =>
    callRoute({ url: app.url, route: passkeyRoutes.beginPasskey, headers: headersOf(person) });
  const add = (person: Person, made: ReturnType<SoftPasskey['make']>) =>
    callRoute({
      url: app.url,
      route: passkeyRoutes.addPasskey,
      request: { body: { made } },
      headers: headersOf(person),
    });
  const passkey = createSoftPasskey();
  await expect(add(mallory, passkey.make(await begin(alice), { origin }))).rejects.toThrow('wrong-proof');
  await expect(add(alice, passkey.make(await begin(alice), { origin: 'https://evil.example' }))).rejects.toThrow(
    'wrong-proof',
  );
  await expect(add(alice, passkey.make(await begin(alice), { origin, rpId: 'evil.example' }))).rejects.toThrow(
    'wrong-proof',
  );
  const made = passkey.make(await begin(alice), { origin });
  expect((await add(alice, made)).name).toBe('Dialog');
  await expect(add(alice, made)).rejects.toThrow('challenge-over');
  // The same credential for another account.
  await expect(add(mallory, passkey.make(await begin(mallory), { origin }))).rejects.toThrow('wrong-proof');
});

test('a passkey proves nobody but its own person, whether a password or a session was stolen', async () => {
  const [alice, mallory] = [await aUser(app), await aUser(app)];
  const hers = await addPasskey(app, alice, origin);
  const another = await addPasskey(app, mallory, origin);
  await alice.call(secondFactorRoutes.setPasskeyStep, { body: { isOn: true } });
  const { challenge, passkey: asked } = await firstStep(app, alice, { origin });
  if (!asked) throw new Error('no passkey is asked for');
  const proof = { kind: 'passkey', answer: another.answer(asked, { origin, counter: 1 }) } as const;
  await expect(secondStep(app, alice, { challenge, proof, headers: { origin } })).rejects.toThrow('wrong-proof');

  const begin = (person: Person) =>
    callRoute({ url: app.url, route: passkeyRoutes.beginPasskeyProof, headers: headersOf(person) });
  const confirmAsAlice = (answer: ReturnType<SoftPasskey['answer']>) =>
    callRoute({
      url: app.url,
      route: confirmingRoutes.confirmIdentity,
      request: { body: { proof: { kind: 'passkey', answer } } },
      headers: headersOf(alice),
    });
  await expect(confirmAsAlice(another.answer(await begin(alice), { origin, counter: 2 }))).rejects.toThrow(
    'wrong-proof',
  );
  // What somebody else was asked.
  await expect(confirmAsAlice(hers.answer(await begin(mallory), { origin, counter: 1 }))).rejects.toThrow(
    'wrong-proof',
  );
  await confirmAsAlice(hers.answer(await begin(alice), { origin, counter: 2 }));
});

test('a passkey answers in place of a one-time code, and needs no second step when it signs in by itself', async () => {
  const alice = await aUser(app);
  const secret = await turnOnTotp(alice);
  const passkey = await addPasskey(app, alice, origin);
  await signIn(passkey.answer(await ask(), { origin, counter: 1 }));
  const { challenge, factors, passkey: asked } = await firstStep(app, alice, { origin });
  expect(factors).toEqual(['totp', 'passkey', 'recovery-code']);
  if (!asked) throw new Error('no passkey is asked for');
  const proof = { kind: 'passkey', answer: passkey.answer(asked, { origin, counter: 2, isVerified: false }) } as const;
  await secondStep(app, alice, { challenge, proof, headers: { origin } });
  // The question of the second step signs nobody in by itself.
  const other = await firstStep(app, alice, { origin });
  if (!other.passkey) throw new Error('no passkey is asked for');
  await expect(signIn(passkey.answer(other.passkey, { origin, counter: 3 }))).rejects.toThrow('challenge-over');
  await secondStep(app, alice, { challenge: other.challenge, proof: { kind: 'totp', code: codeOf(secret) } });
});

test('a passkey may be asked for after each password, for as long as there is one', async () => {
  const alice = await aUser(app);
  await addPasskey(app, alice, origin);
  await signInAgain(app, alice);
  await alice.call(secondFactorRoutes.setPasskeyStep, { body: { isOn: true } });
  expect((await firstStep(app, alice, { origin })).factors).toEqual(['passkey', 'recovery-code']);
  // Where no passkey can answer it is asked for all the same.
  expect((await firstStep(app, alice)).factors).toEqual(['recovery-code']);
  const [only] = (await alice.call(confirmingRoutes.getSecurity)).passkeys;
  if (!only) throw new Error('no passkey');
  await alice.call(passkeyRoutes.removePasskey, { params: { passkeyId: only.id } });
  await signInAgain(app, alice);
});

test('at an address that is a number, or not one of ours, there are no passkeys', async () => {
  const alice = await aUser(app);
  for (const elsewhere of [nameless, 'https://evil.example', 'http://localhost:1']) {
    const headers = { origin: elsewhere, authorization: `Bearer ${alice.token}` };
    await expect(callRoute({ url: app.url, route: passkeyRoutes.beginPasskey, headers })).rejects.toThrow(
      'passkeys-unavailable',
    );
  }
  expect((await alice.call(authRoutes.getMe)).user.id).toBe(alice.user.id);
});
