import { secondFactorRoutes } from '@dialog/shared/auth.secondFactor';
import type { Router } from '../platform/http/router.ts';
import { handOver } from './auth.routes.ts';
import type { Passkeys } from './auth.passkeys.ts';
import type { SecondFactors } from './auth.secondFactor.ts';
import type { Totps } from './auth.totp.ts';

interface Served {
  readonly secondFactors: SecondFactors;
  readonly totps: Totps;
  readonly passkeys: Passkeys;
}

export function serveSecondFactors(router: Router, { secondFactors, totps, passkeys }: Served): void {
  router.serve(secondFactorRoutes.finishSignIn, async ({ body }, _caller, context) =>
    handOver(await secondFactors.finish(body, context), body.keep, context),
  );
  router.serve(secondFactorRoutes.beginTotp, (_input, { userId }) => totps.begin(userId));
  router.serve(secondFactorRoutes.turnOnTotp, async ({ body }, caller) => {
    await totps.turnOn(caller, body.code);
    return {};
  });
  router.serve(secondFactorRoutes.turnOffTotp, async (_input, caller) => {
    await totps.turnOff(caller);
    return {};
  });
  router.serve(secondFactorRoutes.setPasskeyStep, async ({ body }, caller) => {
    await passkeys.setStep(caller, body.isOn);
    return {};
  });
}
