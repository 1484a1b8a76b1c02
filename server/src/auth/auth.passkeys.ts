import type {
  MadePasskey,
  Passkey,
  PasskeyAnswer,
  PasskeyAsked,
  PasskeyId,
  PasskeyWanted,
} from '@dialog/shared/auth.passkeys.values';
import { PASSKEYS_MAX, TRANSPORTS } from '@dialog/shared/auth.passkeys.values';
import type { UserId } from '@dialog/shared/contract/values';
import { AppError } from '../platform/appError.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Origins } from '../platform/http/origins.ts';
import type { Caller, RequestContext } from '../platform/http/router.ts';
import { newId, toBytes } from '../platform/ids.ts';
import { isDuplicate } from '../platform/mysql/mysqlErrors.ts';
import { CHALLENGE_MS, type Challenges } from './auth.challenges.ts';
import type { PasskeyRepository, StoredPasskey } from './auth.passkeys.repository.ts';
import type { ChangeProofs } from './auth.notices.ts';
import type { AuthRepository } from './auth.repository.ts';
import { deviceName } from './deviceName.ts';
import { passkeyHost } from './passkeyHost.ts';
import { challengeIn, PASSKEY_ALGORITHMS, verifyAnswer, verifyMade } from './passkeyProof.ts';

interface Deps {
  readonly db: Database;
  readonly repository: AuthRepository;
  readonly passkeys: PasskeyRepository;
  readonly challenges: Challenges;
  /** Where pages of ours may stand; what a passkey signed must name one of them. */
  readonly origins: Origins;
  readonly now: () => Date;
  readonly changeProofs: ChangeProofs;
}

type Where = Pick<RequestContext, 'origin'>;

/** What a passkey is asked for, and whether it has to verify its person (a finger, a face, a PIN) or only to be there. */
const ASKING = {
  'passkey-sign-in': 'required',
  'passkey-confirming': 'required',
  'passkey-second': 'preferred',
} as const;
export type Asking = keyof typeof ASKING;

interface Expected {
  readonly asking: Asking;
  /** Whose it must be; null: whoever it says. */
  readonly userId: UserId | null;
}

/** An answer that is right; its count is still to be written. */
export interface RightAnswer {
  readonly passkey: StoredPasskey;
  readonly counter: number;
}

const RP_NAME = 'Dialog';

export type Passkeys = ReturnType<typeof createPasskeys>;

/** Keys that a person's devices keep and the server knows the public half of (WebAuthn). */
export function createPasskeys({ db, repository, passkeys, challenges, origins, now, changeProofs }: Deps) {
  /** @throws AppError `passkeys-unavailable` where there can be none. */
  function siteOf({ origin }: Where): { readonly origin: string; readonly rpId: string } {
    const rpId = origin !== undefined && origins.has(origin) ? passkeyHost(origin) : undefined;
    if (origin === undefined || rpId === undefined) throw new AppError('passkeys-unavailable');
    return { origin, rpId };
  }

  async function ask(tx: Tx, { asking, userId }: Expected, where: Where): Promise<PasskeyAsked> {
    const { rpId } = siteOf(where);
    const own = userId === null ? [] : await passkeys.list(tx, userId);
    return {
      challenge: await challenges.make(tx, asking, userId),
      rpId,
      timeout: CHALLENGE_MS,
      userVerification: ASKING[asking],
      allowCredentials: own.filter((passkey) => passkey.rpId === rpId).map(credentialOf),
    };
  }

  return {
    ask,

    async list(tx: Tx, userId: UserId): Promise<Passkey[]> {
      return (await passkeys.list(tx, userId)).map(passkeyOf);
    },

    /** Whether one of them can answer here. */
    async haveAnswer(tx: Tx, userId: UserId, { origin }: Where): Promise<boolean> {
      const rpId = origin === undefined ? undefined : passkeyHost(origin);
      return (await passkeys.list(tx, userId)).some((passkey) => passkey.rpId === rpId);
    },

    async begin(userId: UserId, where: Where): Promise<PasskeyWanted> {
      const { rpId } = siteOf(where);
      const account = await repository.findAccount(db, userId);
      const own = await passkeys.list(db, userId);
      if (!account || own.length >= PASSKEYS_MAX) throw new AppError('limit-reached');
      return {
        challenge: await challenges.make(db, 'passkey-making', userId),
        rp: { id: rpId, name: RP_NAME },
        user: {
          id: toBytes(userId).toString('base64url'),
          name: account.userName,
          displayName: account.displayName,
        },
        pubKeyCredParams: PASSKEY_ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
        timeout: CHALLENGE_MS,
        attestation: 'none',
        excludeCredentials: own.filter((passkey) => passkey.rpId === rpId).map(credentialOf),
        authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'preferred' },
      };
    },

    async add(
      caller: Caller,
      { made, name }: { readonly made: MadePasskey; readonly name?: string | undefined },
      context: Where & Pick<RequestContext, 'userAgent'>,
    ): Promise<Passkey> {
      const { userId } = caller;
      const site = siteOf(context);
      const challenge = challengeIn(made.clientDataJSON);
      // By itself: it is used up whatever comes of it.
      const asked = await db.transaction((tx) => challenges.spend(tx, 'passkey-making', challenge));
      const credential = asked === userId ? await verifyMade(made, { ...site, challenge }) : undefined;
      if (!credential) throw new AppError('wrong-proof');
      const passkey: StoredPasskey = {
        ...credential,
        id: newId<PasskeyId>(),
        userId,
        rpId: site.rpId,
        transports: made.transports.join(','),
        name: name ?? (deviceName(context.userAgent) || RP_NAME),
        madeAt: now(),
        lastUsedAt: null,
      };
      try {
        await changeProofs({ caller, what: 'passkey-added' }, async (tx) => {
          await repository.lockAccount(tx, userId);
          if ((await passkeys.list(tx, userId)).length >= PASSKEYS_MAX) throw new AppError('limit-reached');
          await passkeys.insert(tx, passkey);
          return passkey;
        });
      } catch (error) {
        if (isDuplicate(error)) throw new AppError('wrong-proof', 'a credential that is there', { cause: error });
        throw error;
      }
      return passkeyOf(passkey);
    },

    async rename(userId: UserId, id: PasskeyId, name: string): Promise<void> {
      if (!(await passkeys.rename(db, userId, { id, name }))) throw new AppError('passkey-not-found');
    },

    async remove(caller: Caller, id: PasskeyId): Promise<void> {
      await changeProofs({ caller, what: 'passkey-removed' }, async (tx) => {
        if (!(await passkeys.remove(tx, caller.userId, id))) throw new AppError('passkey-not-found');
        await challenges.forget(tx, caller.userId);
        return true;
      });
    },

    async setStep(caller: Caller, isOn: boolean): Promise<void> {
      const what = isOn ? 'passkey-step-on' : 'passkey-step-off';
      await changeProofs({ caller, what }, async (tx) =>
        (await passkeys.setStep(tx, caller.userId, isOn)) ? true : null,
      );
    },

    /**
     * Uses up the challenge, whatever comes of it, and answers undefined when anything else is wrong.
     * @throws AppError `challenge-over`.
     */
    async check(answer: PasskeyAnswer, { asking, userId }: Expected, where: Where): Promise<RightAnswer | undefined> {
      const site = siteOf(where);
      const challenge = challengeIn(answer.clientDataJSON);
      const asked = await db.transaction((tx) => challenges.spend(tx, asking, challenge));
      const passkey = await passkeys.findByCredential(db, Buffer.from(answer.id, 'base64url'));
      if (!passkey || asked !== userId || (userId !== null && passkey.userId !== userId)) return undefined;
      const isVerified = ASKING[asking] === 'required';
      const counter = await verifyAnswer(answer, passkey, { ...site, challenge, isVerified });
      return counter === undefined ? undefined : { passkey, counter };
    },

    /** Whether its count went up, which of the same answer given twice happens once. */
    use: (tx: Tx, { passkey, counter }: RightAnswer): Promise<boolean> =>
      passkeys.markUsed(tx, passkey.id, { counter, at: now() }),
  };
}

function credentialOf({ credentialId, transports }: StoredPasskey): PasskeyAsked['allowCredentials'][number] {
  const said = transports.split(',');
  const known = TRANSPORTS.filter((transport) => said.includes(transport));
  return {
    id: credentialId.toString('base64url'),
    type: 'public-key',
    ...(known.length === 0 ? {} : { transports: known }),
  };
}

function passkeyOf({ id, name, madeAt, lastUsedAt }: StoredPasskey): Passkey {
  return { id, name, madeAt: madeAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null };
}
