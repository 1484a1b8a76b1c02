import { authRoutes } from '@dialog/shared/auth';
import { confirmingRoutes } from '@dialog/shared/auth.confirming';
import type { Route } from '@dialog/shared/contract/routes';
import { routes, type RouteName } from '@dialog/shared/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exampleRequests } from '../testing/examples.ts';
import { act, aUser, signInAgain, type Person } from '../testing/people.ts';
import { letTimePass } from '../testing/proofs.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
});
afterAll(() => app.stop());

const confirm = (person: Person, password: string) =>
  person.call(confirmingRoutes.confirmIdentity, { body: { proof: { kind: 'password', password } } });

test('ten minutes after signing in what is dangerous needs a proof, on both nodes and over both carriers', async () => {
  const alice = await aUser(app);
  const socket = await alice.connect(app.nodes[1]);
  await act(socket, authRoutes.signOutOthers);
  await letTimePass(app, alice, 9);
  await alice.call(authRoutes.signOutOthers, {}, app.nodes[1]);
  await letTimePass(app, alice, 2);
  await expect(alice.call(authRoutes.signOutOthers)).rejects.toThrow('confirmation-needed');
  // The socket was opened while the proof was fresh; that counts for nothing.
  await expect(act(socket, authRoutes.signOutOthers)).rejects.toThrow('confirmation-needed');
  await confirm(alice, alice.password);
  await act(socket, authRoutes.signOutOthers);
  socket.close();
});

/** By name, and not by what the contract says of them: a route that no longer asks is to be noticed. */
const DANGEROUS = [
  'signOutOthers',
  'claimEmail',
  'removeEmail',
  'makeRecoveryCodes',
  'beginTotp',
  'turnOnTotp',
  'turnOffTotp',
  'setPasskeyStep',
  'beginPasskey',
  'addPasskey',
  'removePasskey',
  'changeUserName',
] as const satisfies readonly RouteName[];

test('every act that shuts others out, or lets them in, needs a proof', async () => {
  const alice = await aUser(app);
  await letTimePass(app, alice, 11);
  const examples: Readonly<Record<string, object>> = exampleRequests();
  const answers: Record<string, string> = {};
  for (const name of DANGEROUS) {
    const route: Route = routes[name];
    const { params, body } = (examples[name] ?? {}) as { params?: object; body?: object };
    const request = { ...(params ? { params } : {}), ...(body ? { body } : {}) };
    answers[name] = await alice.call(route, request).then(
      () => 'done',
      (error: Error) => error.message,
    );
  }
  expect(answers).toEqual(Object.fromEntries(DANGEROUS.map((name) => [name, 'confirmation-needed'])));
});

test('a proof counts for the session that gave it and for no other', async () => {
  const alice = await aUser(app);
  const phone = await signInAgain(app, alice);
  await letTimePass(app, alice, 11);
  await letTimePass(app, phone, 11);
  await confirm(phone, alice.password);
  await expect(alice.call(authRoutes.signOutOthers)).rejects.toThrow('confirmation-needed');
  await expect(confirm(alice, 'not her password')).rejects.toThrow('wrong-proof');
  await expect(alice.call(authRoutes.signOutOthers)).rejects.toThrow('confirmation-needed');
  await phone.call(authRoutes.signOutOthers);
});

test('who guesses proofs in a session is stopped after ten, on all nodes together', async () => {
  const strict = await startTestApp({ nodes: 2, limits: { confirm: 10 } });
  try {
    const alice = await aUser(strict);
    const guess = (round: number) =>
      alice
        .call(
          confirmingRoutes.confirmIdentity,
          { body: { proof: { kind: 'password', password: `guess ${round}` } } },
          strict.nodes[round % 2],
        )
        .catch((error: Error) => error.message);
    const answers = await Promise.all(Array.from({ length: 14 }, (_, round) => guess(round)));
    expect(answers.filter((answer) => answer === 'wrong-proof')).toHaveLength(10);
    expect(answers.filter((answer) => answer === 'rate-limited')).toHaveLength(4);
  } finally {
    await strict.stop();
  }
});
