import type { UserId } from '@dialog/shared/contract/values';
import { Secret, TOTP } from 'otpauth';
import { AppError } from '../platform/appError.ts';
import { deriveSealingKey, seal, unseal } from '../platform/crypto/sealing.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Caller } from '../platform/http/router.ts';
import { toBytes } from '../platform/ids.ts';
import type { Challenges } from './auth.challenges.ts';
import type { ChangeProofs } from './auth.notices.ts';
import type { AuthRepository } from './auth.repository.ts';
import type { TotpRepository } from './auth.totp.repository.ts';

interface Deps {
  readonly db: Database;
  readonly repository: AuthRepository;
  readonly totps: TotpRepository;
  readonly challenges: Challenges;
  readonly masterKey: Buffer;
  readonly now: () => Date;
  readonly changeProofs: ChangeProofs;
}

/** RFC 6238 as every app has it: SHA-1, six digits, thirty seconds. */
const SHAPE = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** Clocks of phones are off by a little. */
const STEPS_AROUND = 1;
const SECRET_BYTES = 20;
const ISSUER = 'Dialog';

export type Totps = ReturnType<typeof createTotps>;

/**
 * One-time codes from an app. The secret lies sealed, bound to its person. The code of a step is taken once, on whichever
 * node: the row remembers the newest step, and only a later one gets past it.
 */
export function createTotps({ db, repository, totps, challenges, masterKey, now, changeProofs }: Deps) {
  const key = deriveSealingKey(masterKey, 'one-time codes');

  /** The step of which this is the code; undefined: of none about now. */
  function stepOf(secret: Secret, code: string): number | undefined {
    const timestamp = now().getTime();
    const token = code.replaceAll(/\s/gu, '');
    const delta = TOTP.validate({ ...SHAPE, secret, token, timestamp, window: STEPS_AROUND });
    return delta === null ? undefined : TOTP.counter({ period: SHAPE.period, timestamp }) + delta;
  }

  const open = (userId: UserId, sealed: Buffer): Secret =>
    Secret.fromHex(unseal(key, sealed, toBytes(userId)).toString('hex'));

  return {
    /** A new secret, that asks for nothing yet. */
    async begin(userId: UserId): Promise<{ secret: string; uri: string }> {
      const secret = new Secret({ size: SECRET_BYTES });
      const sealed = seal(key, Buffer.from(secret.hex, 'hex'), toBytes(userId));
      const account = await repository.findAccount(db, userId);
      await totps.begin(db, userId, sealed);
      if (!account || (await totps.find(db, userId))?.isOn) throw new AppError('already-on');
      const uri = new TOTP({ ...SHAPE, issuer: ISSUER, label: account.userName, secret }).toString();
      return { secret: secret.base32, uri };
    },

    /** @throws AppError `wrong-proof` while the app has not shown that it has the secret. */
    async turnOn(caller: Caller, code: string): Promise<void> {
      const { userId } = caller;
      const stored = await totps.find(db, userId);
      if (stored?.isOn) throw new AppError('already-on');
      const step = stored && stepOf(open(userId, stored.secret), code);
      if (!stored || step === undefined) throw new AppError('wrong-proof');
      const { secret } = stored;
      const isOn = await changeProofs({ caller, what: 'totp-on' }, async (tx) =>
        (await totps.turnOn(tx, userId, { secret, step, at: now() })) ? true : null,
      );
      if (!isOn) throw new AppError('wrong-proof');
    },

    async turnOff(caller: Caller): Promise<void> {
      await changeProofs({ caller, what: 'totp-off' }, async (tx) => {
        const wasOn = await totps.remove(tx, caller.userId);
        await challenges.forget(tx, caller.userId);
        return wasOn ? true : null;
      });
    },

    async isOn(tx: Tx, userId: UserId): Promise<boolean> {
      return (await totps.find(tx, userId))?.isOn === true;
    },

    /** Whether this is a code of now that was not taken before; then it is. */
    async take(tx: Tx, userId: UserId, code: string): Promise<boolean> {
      const stored = await totps.find(tx, userId);
      if (!stored?.isOn) return false;
      const step = stepOf(open(userId, stored.secret), code);
      return step !== undefined && totps.takeStep(tx, userId, step);
    },
  };
}
