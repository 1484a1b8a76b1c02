import { callRoutes } from '@dialog/shared/calls';
import { DeviceId } from '@dialog/shared/contract/values';
import { uuidv7 } from 'uuidv7';
import { expect, test } from 'vitest';
import { createFakeCall } from '../../testing/fakeServer.ts';
import { admit, callId } from '../../testing/ownCallWorld.ts';
import { createTestClock } from '../../testing/testClock.ts';
import { createOwnAdmission } from './own.admission.ts';

test('that one asks ahead is said only where it is so: a node of the build before knows no such word', async () => {
  const { call, answer } = createFakeCall();
  const said: boolean[] = [];
  answer(callRoutes.joinCall, ({ body }) => {
    said.push('isAhead' in body);
    return admit();
  });
  const deps = { call, deviceId: DeviceId.parse(uuidv7()), clock: createTestClock(), leave: () => {} };
  const admission = createOwnAdmission(deps);
  admission.prepare(callId);
  await admission.take(callId, { way: undefined, claimed: undefined });
  expect(said).toEqual([true]);
  await admission.take(callId, { way: undefined, claimed: undefined });
  expect(said).toEqual([true, false]);
});
