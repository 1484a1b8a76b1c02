import { authRoutes } from '@dialog/shared/auth';
import { filePath } from '@dialog/shared/attachments';
import { recoveryRoutes } from '@dialog/shared/auth.recovery';
import { arrangingRoutes } from '@dialog/shared/chats.arranging';
import type { AttachmentId } from '@dialog/shared/contract/values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { pause } from '../testing/conversation.ts';
import { postFile } from '../testing/files.ts';
import {
  act,
  aGroup,
  aUser,
  callRoute,
  connectSocket,
  fetchRoute,
  personOf,
  signInAgain,
  type Person,
} from '../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';

/** Where both nodes are reached by browsers. */
const ORIGIN = 'http://localhost:4711';
/** More than lies on the way to somebody who reads slowly. */
const LARGE = Buffer.alloc(24e6);

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2, config: { publicOrigins: [ORIGIN] } });
});
afterAll(() => app.stop());

/** Of a browser of theirs, and in the hands of somebody else. */
async function stolenCookieOf({ userName, password }: Person): Promise<{ cookie: string; origin: string }> {
  const request = { body: { userName, password, keep: 'cookie' } } as const;
  const headers = { origin: ORIGIN };
  const response = await fetchRoute({ url: app.url, route: authRoutes.signIn, request, headers });
  return { cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '', origin: ORIGIN };
}

const fileOf = (node: TestNode, id: string, headers: Record<string, string>) =>
  fetch(`${node.url}${filePath(id as AttachmentId, 'original')}`, { headers });

const ENDINGS: readonly (readonly [string, (victim: Person) => Promise<unknown>])[] = [
  ['signs out everywhere', (victim) => victim.call(authRoutes.signOutOthers)],
  [
    'changes the password',
    ({ call, password }) =>
      call(authRoutes.changePassword, { body: { currentPassword: password, newPassword: 'entirely other words' } }),
  ],
  [
    'comes back by a code from paper',
    ({ userName, recoveryCodes }) => {
      const body = { userName, code: recoveryCodes[0] ?? '', newPassword: 'entirely other words' };
      return callRoute({ url: app.nodes[1]?.url ?? '', route: recoveryRoutes.recoverByCode, request: { body } });
    },
  ],
];

test.each(ENDINGS)(
  'a stolen cookie is dead within a second of when its person %s: acts, sockets and files, on both nodes',
  async (_how, end) => {
    const victim = await aUser(app);
    const { chat } = await aGroup(victim);
    const { id } = await postFile(app, victim, { chatId: chat.id, id: newId(), content: LARGE });
    const stolen = await stolenCookieOf(victim);
    const sockets = await Promise.all(app.nodes.map((node) => connectSocket(node, undefined, stolen)));
    const closed = sockets.map(
      (socket) => new Promise<number>((resolve) => socket.once('disconnect', () => resolve(performance.now()))),
    );
    for (const socket of sockets) expect((await act(socket, authRoutes.getMe)).user.id).toBe(victim.user.id);
    const readers = await Promise.all(
      app.nodes.map(async (node) => (await fileOf(node, id, stolen)).body?.getReader()),
    );
    for (const reader of readers) await reader?.read();

    await end(victim);
    const endedAt = performance.now();
    for (const node of app.nodes) {
      for (const route of [authRoutes.getMe, authRoutes.listSessions, authRoutes.signOutOthers])
        expect((await fetchRoute({ url: node.url, route, headers: stolen })).status, route.path).toBe(401);
      expect((await fileOf(node, id, stolen)).status).toBe(401);
      expect((await fetchRoute({ url: node.url, route: arrangingRoutes.openNotes, headers: stolen })).status).toBe(401);
      await expect(connectSocket(node, undefined, stolen)).rejects.toThrow('not-signed-in');
    }
    for (const at of await Promise.all(closed)) expect(at - endedAt).toBeLessThan(1_000);
    // What was on its way ends as well, when it is next asked whether it may.
    await pause(Math.max(0, 1_050 - (performance.now() - endedAt)));
    for (const reader of readers) {
      const toTheEnd = async () => {
        while (!(await reader?.read())?.done);
      };
      await expect(toTheEnd()).rejects.toThrow('terminated');
    }
  },
  30_000,
);

test('whoever signs in by the old password while it is being changed is not in afterwards, on either node', async () => {
  let victim = await aUser(app);
  for (let round = 0; round < 3; round += 1) {
    const { password } = victim;
    const newPassword = `entirely other words ${round}`;
    const signingIn = Array.from({ length: 8 }, () => signInAgain(app, victim).catch(() => undefined));
    const body = { currentPassword: password, newPassword };
    const { token } = await victim.call(authRoutes.changePassword, { body }, app.nodes[1]);
    await Promise.all(signingIn);
    victim = personOf(app, { ...victim, password: newPassword, token });
    const { sessions } = await victim.call(authRoutes.listSessions);
    expect(sessions.map(({ id }) => id)).toEqual([victim.sessionId]);
  }
});
