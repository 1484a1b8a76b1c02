import { newId } from '../platform/ids.ts';
import { A_SUBSCRIPTION } from './examples.ts';
import { ANYONE, SIGNED_IN } from './outcomes.ts';

const ofMine = () => ({ deviceId: newId<never>() });

/** Rows of the permission matrix: one's own devices, by ids that are nobody else's business. */
export const pushRows = {
  getPushKey: { ask: () => ({}), may: SIGNED_IN },
  savePushSubscription: { ask: () => ({ params: ofMine(), body: A_SUBSCRIPTION }), may: SIGNED_IN },
  removePushSubscription: { ask: () => ({ params: ofMine() }), may: SIGNED_IN },
  getPushHealth: { ask: () => ({ params: ofMine() }), may: SIGNED_IN },
  // To anyone else's device there is no subscription of theirs.
  testPush: {
    ask: () => ({ params: ofMine(), body: { id: newId<string>() } }),
    may: ['nothing', 'nothing', 'nothing', 'nothing', 'nothing', SIGNED_IN[5]] as const,
    shows: (reply: unknown) => !JSON.stringify(reply).includes('no-subscription'),
  },
  // The token is what counts, and nobody is told whether it was one.
  acknowledgePush: { ask: () => ({ body: { token: 'a'.repeat(43), isShown: true } }), may: ANYONE },
};
