import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type DeviceLinkId, LINK_SECONDS, SHORT_CODE_LENGTH, SHORT_CODE_LETTERS } from '@dialog/shared/auth.linking';
import { AppError } from '../platform/appError.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Caller } from '../platform/http/router.ts';
import { newId, newSecret } from '../platform/ids.ts';
import type { Devices } from './auth.devices.ts';
import type { LinkRepository, StoredLink } from './auth.linking.repository.ts';
import type { AuthRepository } from './auth.repository.ts';
import type { BegunSession, Origin, Sessions } from './auth.sessions.ts';
import { deviceName } from './deviceName.ts';

interface Deps {
  readonly db: Database;
  readonly repository: LinkRepository;
  readonly accounts: Pick<AuthRepository, 'lockAccount'>;
  readonly sessions: Pick<Sessions, 'begin' | 'close' | 'findEnded' | 'isConfirmed'>;
  readonly devices: Pick<Devices, 'lookOf'>;
  readonly now: () => Date;
}

const CODE_BYTES = 24;
/** Answers are looked for a little longer than they can be given, so that the new device hears the reason. */
const KEPT_MS = 600_000;

export type Linking = ReturnType<typeof createLinking>;

/**
 * A new device is let in by one that is signed in. What the new one shows (picture or short code) names it and gives
 * nothing: only it holds the secret for which the session is handed out, once, within a minute. Whoever lets it in is
 * named with their session, which must still live when the new device comes for its own.
 */
export function createLinking({ db, repository, accounts, sessions, devices, now }: Deps) {
  async function requireWaiting(tx: Tx, code: string): Promise<StoredLink> {
    const link = await repository.findByCode(tx, hashOf(plainCode(code)));
    if (!link) throw new AppError('link-over');
    return refuseUnlessWaiting(link);
  }

  function refuseUnlessWaiting(link: StoredLink): StoredLink {
    if (link.state === 'used' || link.state === 'let-in') throw new AppError('link-used');
    if (link.state === 'refused') throw new AppError('link-refused');
    if (link.expiresAt <= now()) throw new AppError('link-over');
    return link;
  }

  /** @throws AppError when it will never be taken. */
  function refuseUnlessTakable(link: StoredLink | undefined, secret: string): StoredLink {
    if (!link || !timingSafeEqual(link.secretHash, hashOf(secret))) throw new AppError('link-over');
    if (link.state === 'used') throw new AppError('link-used');
    if (link.state === 'refused') throw new AppError('link-refused');
    // Who was let in in the last second may still come for it.
    if (link.expiresAt <= now() && link.state === 'waiting') throw new AppError('link-over');
    if (link.expiresAt.getTime() + LINK_SECONDS * 1_000 <= now().getTime()) throw new AppError('link-over');
    return link;
  }

  function secondsLeft({ expiresAt }: Pick<StoredLink, 'expiresAt'>): number {
    return Math.max(0, Math.ceil((expiresAt.getTime() - now().getTime()) / 1_000));
  }

  return {
    async ask({ address, userAgent }: Origin) {
      const [linkId, code, secret] = [
        newId<DeviceLinkId>(),
        randomBytes(CODE_BYTES).toString('base64url'),
        newSecret(),
      ];
      const shortCode = newShortCode();
      const expiresAt = new Date(now().getTime() + LINK_SECONDS * 1_000);
      await repository.insert(db, {
        id: linkId,
        codeHash: hashOf(code),
        shortCodeHash: hashOf(shortCode),
        secretHash: hashOf(secret),
        device: deviceName(userAgent),
        address,
        expiresAt,
      });
      return { linkId, code, shortCode, secret, secondsLeft: secondsLeft({ expiresAt }) };
    },

    async look(code: string) {
      const link = await requireWaiting(db, code);
      return { ...(await devices.lookOf(link)), secondsLeft: secondsLeft(link) };
    },

    /** Letting in needs a proof of who one is: else a stolen session makes itself another one, with a life of its own. */
    async answer({ userId, sessionId }: Caller, code: string, isLetIn: boolean): Promise<void> {
      if (isLetIn && !(await sessions.isConfirmed(sessionId))) throw new AppError('confirmation-needed');
      await db.transaction(async (tx) => {
        const { id } = await requireWaiting(tx, code);
        const link = await repository.lock(tx, id);
        if (!link) throw new AppError('link-over');
        refuseUnlessWaiting(link);
        await repository.answer(tx, id, { state: isLetIn ? 'let-in' : 'refused', userId, sessionId });
      });
    },

    /** Undefined while nobody has answered. */
    async take(linkId: DeviceLinkId, secret: string, origin: Origin): Promise<BegunSession | undefined> {
      const seen = refuseUnlessTakable(await repository.find(db, linkId), secret);
      if (seen.state === 'waiting' || !seen.answeredBy) return undefined;
      const begun = await db.transaction(async (tx) => {
        const { answeredBy } = refuseUnlessTakable(await repository.lock(tx, linkId), secret);
        const account = answeredBy && (await accounts.lockAccount(tx, answeredBy.userId));
        if (!account) throw new AppError('link-over');
        // Signed out everywhere in between: then nobody has let anyone in. Under the lock, so that no such act is under way.
        const [ended] = await sessions.findEnded([answeredBy.sessionId], tx);
        if (ended !== undefined) throw new AppError('link-over');
        await repository.markUsed(tx, linkId);
        const user = { id: account.id, userName: account.userName, displayName: account.displayName };
        return sessions.begin(tx, { user, origin, isConfirmed: false, method: 'device' });
      });
      sessions.close(begun.ended);
      return begun.signedIn;
    },

    async sweep(): Promise<void> {
      // oxlint-disable-next-line no-await-in-loop -- in portions, so that nobody waits for long
      while (await repository.removeExpired(db, new Date(now().getTime() - KEPT_MS)));
    },
  };
}

/** A byte holds each of the 32 letters eight times: none is likelier than another. */
function newShortCode(): string {
  return [...randomBytes(SHORT_CODE_LENGTH)]
    .map((byte) => SHORT_CODE_LETTERS[byte % SHORT_CODE_LETTERS.length])
    .join('');
}

/** A long one is as it was scanned; a short one as somebody may have typed it. */
function plainCode(given: string): string {
  const plain = given.replaceAll(/[\s-]/g, '');
  if (given.trim().length > SHORT_CODE_LENGTH * 2) return given.trim();
  return plain.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1');
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
