import type { Route } from '@dialog/shared/contract/routes';
import { routes } from '@dialog/shared/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callRoute } from './people.ts';
import { ACTORS, matrix } from './permissions.matrix.ts';
import { type PermissionWorld, ROUTE_NAMES, startPermissionWorld } from './permissions.world.ts';

let world: PermissionWorld;
beforeAll(async () => {
  world = await startPermissionWorld();
});
afterAll(() => world?.stop());

test('no route is without a row', () => {
  expect(Object.keys(matrix).toSorted()).toEqual(ROUTE_NAMES.toSorted());
});

describe.each(ROUTE_NAMES)('%s', (name) => {
  beforeAll(() => world.refreshCast(name));

  test.each(ACTORS)('as %s over HTTP', async (actor) => {
    const route: Route = routes[name];
    const outcome = await world.outcomeFor(name, actor, ({ app, acting, request }) => {
      const headers: Record<string, string> = acting ? { authorization: `Bearer ${acting.token}` } : {};
      return callRoute({ url: app.url, route, request, headers }).catch((error: unknown) => error);
    });
    expect(outcome).toBe(matrix[name].may[ACTORS.indexOf(actor)]);
  });
});
