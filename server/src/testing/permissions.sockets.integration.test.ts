import { routes } from '@dialog/shared/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refused, sendAct } from './people.ts';
import { ACTORS, matrix } from './permissions.matrix.ts';
import { type PermissionWorld, ROUTE_NAMES, startPermissionWorld } from './permissions.world.ts';

let world: PermissionWorld;
beforeAll(async () => {
  world = await startPermissionWorld();
});
afterAll(() => world?.stop());

describe.each(ROUTE_NAMES.filter((name) => routes[name].carriers === 'both'))('%s', (name) => {
  beforeAll(() => world.refreshCast(name));

  test.each(ACTORS.filter((actor) => actor !== 'signedOut'))('as %s over a socket', async (actor) => {
    const outcome = await world.outcomeFor(name, actor, async ({ acting, request }) => {
      if (!acting) throw new Error('only who is signed in has a socket');
      const socket = await acting.connect();
      const answer = await sendAct(socket, name, request);
      socket.close();
      return answer.ok ? answer.reply : new Refused(0, answer.error);
    });
    expect(outcome).toBe(matrix[name].may[ACTORS.indexOf(actor)]);
  });
});
