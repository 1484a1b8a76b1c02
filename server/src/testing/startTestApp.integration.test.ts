import { afterAll, beforeAll, expect, test } from 'vitest';
import { authRoutes } from '@dialog/shared/auth';
import { act, aUser, signInAgain } from './people.ts';
import { startTestApp, type TestApp } from './startTestApp.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
});
afterAll(() => app.stop());

test('someone who signed up on one node acts over HTTP and over a socket on both', async () => {
  const alice = await aUser(app, { displayName: 'Alice' });
  for (const node of app.nodes) {
    expect((await alice.call(authRoutes.getMe, {}, node)).user.displayName).toBe('Alice');
    const socket = await alice.connect(node);
    expect((await act(socket, authRoutes.getMe)).user).toEqual(alice.user);
    socket.close();
  }
});

test('the sockets of a session that ended close within a second on every node', async () => {
  const alice = await aUser(app);
  const other = await signInAgain(app, alice);
  const sockets = await Promise.all(app.nodes.map((node) => other.connect(node)));
  const closed = sockets.map(
    (socket) => new Promise<number>((resolve) => socket.once('disconnect', () => resolve(performance.now()))),
  );
  const began = performance.now();
  await alice.call(authRoutes.signOutSession, { params: { sessionId: other.sessionId } });
  for (const at of await Promise.all(closed)) expect(at - began).toBeLessThan(1_000);
  await expect(other.call(authRoutes.getMe)).rejects.toThrow('not-signed-in');
});
