import { authRoutes } from '@dialog/shared/auth';
import { afterEach, expect, test } from 'vitest';
import { aUser, fetchRoute } from './people.ts';
import { startTestApp, testServices, type TestApp, type TestAppOptions } from './startTestApp.ts';
import { startTcpProxy } from './tcpProxy.ts';

const stops: Array<() => unknown> = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function anApp(options: TestAppOptions): Promise<TestApp> {
  const app = await startTestApp(options);
  stops.push(app.stop);
  return app;
}

/** One form sent to sign up, and the status of its answer. */
async function signUp(url: string, wanted: { readonly userName: string; readonly password?: string }): Promise<number> {
  const body = { displayName: 'X', password: 'correct horse battery', keep: 'bearer', ...wanted } as const;
  return (await fetchRoute({ url, route: authRoutes.signUp, request: { body } })).status;
}

test.each(['up', 'cut'] as const)(
  'five refused sign-ups do not keep anyone from the sixth that is right, and accounts stay counted (Redis %s)',
  async (redis) => {
    const proxy = await startTcpProxy(testServices().redisUrl);
    stops.push(() => proxy.stop());
    const app = await anApp({ limits: { signUpPerAddress: 2 }, config: { redisUrl: proxy.url } });
    const { userName: taken } = await aUser(app);
    // In memory it is half of two, and counted anew.
    if (redis === 'cut') proxy.cut();
    const refused = [
      { userName: 'newcomer', password: 'short' },
      { userName: 'newcomer', password: 'password1234' },
      { userName: 'newcomer', password: 'newcomer12' },
      { userName: 'not a name' },
      { userName: taken },
    ];
    const statuses: number[] = [];
    for (const wanted of refused) statuses.push(await signUp(app.url, wanted));
    expect(statuses).not.toContain(200);
    expect(statuses).not.toContain(429);
    expect(await signUp(app.url, { userName: 'newcomer' })).toBe(200);
    expect(await signUp(app.url, { userName: 'one_too_many' })).toBe(429);
  },
);

test('accounts wanted all at once are no more than those wanted one after another', async () => {
  const app = await anApp({ nodes: 2, limits: { signUpPerAddress: 3 } });
  const attempts = Array.from({ length: 10 }, (_, index) =>
    signUp(app.nodes[index % 2]?.url ?? '', { userName: `twin_${index}` }),
  );
  expect((await Promise.all(attempts)).filter((status) => status === 200)).toHaveLength(3);
});

test('whoever asks by signing up which names are taken is stopped, and so is who makes the server hash', async () => {
  const app = await anApp({ nodes: 2, limits: { signUpTriesPerAddress: 6 } });
  const { userName } = await aUser(app);
  const statuses: number[] = [];
  for (let tried = 0; tried < 7; tried += 1) statuses.push(await signUp(app.nodes[tried % 2]?.url ?? '', { userName }));
  expect(statuses.slice(0, 5)).not.toContain(429);
  expect(statuses.slice(5)).toEqual([429, 429]);
  expect(await signUp(app.url, { userName: 'somebody_right' })).toBe(429);
});
