import { passkeyRoutes } from '@dialog/shared/auth.passkeys';
import type { Database } from '../platform/database.ts';
import type { Router } from '../platform/http/router.ts';
import { handOver } from './auth.routes.ts';
import type { Passkeys } from './auth.passkeys.ts';
import type { SecondFactors } from './auth.secondFactor.ts';

interface Served {
  readonly db: Database;
  readonly passkeys: Passkeys;
  readonly secondFactors: SecondFactors;
}

export function servePasskeys(router: Router, { db, passkeys, secondFactors }: Served): void {
  router.serve(passkeyRoutes.beginPasskey, (_input, { userId }, context) => passkeys.begin(userId, context));
  router.serve(passkeyRoutes.addPasskey, ({ body }, caller, context) => passkeys.add(caller, body, context));
  router.serve(passkeyRoutes.renamePasskey, async ({ params, body }, { userId }) => {
    await passkeys.rename(userId, params.passkeyId, body.name);
    return {};
  });
  router.serve(passkeyRoutes.removePasskey, async ({ params }, caller) => {
    await passkeys.remove(caller, params.passkeyId);
    return {};
  });
  router.serve(passkeyRoutes.beginPasskeyProof, (_input, { userId }, context) =>
    passkeys.ask(db, { asking: 'passkey-confirming', userId }, context),
  );
  router.serve(passkeyRoutes.beginPasskeySignIn, (_input, _caller, context) =>
    passkeys.ask(db, { asking: 'passkey-sign-in', userId: null }, context),
  );
  router.serve(passkeyRoutes.signInByPasskey, async ({ body }, _caller, context) =>
    handOver(await secondFactors.signInByPasskey(body.answer, context), body.keep, context),
  );
}
