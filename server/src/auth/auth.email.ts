import { createHash } from 'node:crypto';
import { CONFIRM_HOURS, RECOVERY_HOURS } from '@dialog/shared/auth.email';
import type { UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import * as z from 'zod';
import { AppError } from '../platform/appError.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Caller } from '../platform/http/router.ts';
import { newSecret } from '../platform/ids.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { Limiter } from '../platform/limits/limiter.ts';
import { type Mail, type Mailer, mailLanguage } from '../platform/mail/mail.ts';
import { isDuplicate } from '../platform/mysql/mysqlErrors.ts';
import type { EmailRepository, StoredEmail } from './auth.email.repository.ts';
import type { About as Recipient, AuthMails } from './auth.mails.ts';
import type { Account, AuthRepository } from './auth.repository.ts';
import type { StoredChange } from './auth.changes.repository.ts';
import type { StoredSession } from './auth.sessions.repository.ts';
import type { Sessions } from './auth.sessions.ts';
import type { PasswordHasher } from './passwordHash.ts';
import { checkNewPassword } from './passwordRules.ts';

interface Deps {
  readonly db: Database;
  readonly repository: EmailRepository;
  readonly accounts: Pick<AuthRepository, 'findAccount' | 'findAccountByName' | 'lockAccount' | 'changePasswordHash'>;
  readonly sessions: Pick<Sessions, 'endAll' | 'close'>;
  readonly passwords: PasswordHasher;
  readonly mails: AuthMails;
  readonly mailer: Mailer;
  readonly jobs: Pick<Jobs, 'add' | 'handle' | 'kick'>;
  readonly limiter: Pick<Limiter, 'take'>;
  readonly now: () => Date;
  /** The one they have chosen for all their devices. */
  readonly languageOf: (userId: UserId) => Promise<string | null>;
  /** To a person's devices: ask anew. */
  readonly tellChanged: (userId: UserId) => void;
}

export interface Claim {
  readonly address: string;
  readonly language: string;
}

type MailLimit = 'mailPerRecipient' | 'recoveryMail' | 'signInMail' | 'proofMail';

const HOUR_MS = 3_600_000;
const RECOVERY_TOPIC = 'auth.mailRecovery';
const Asked = z.object({ name: z.string() });

export type Emails = ReturnType<typeof createEmails>;

/**
 * E-mail addresses. Anyone may claim any address; it is theirs once they open the link that was sent there, and then
 * nobody else's. What is answered never says whether there is an account: the same words, and the question itself is
 * looked into by a job, so that not even the time tells.
 */
export function createEmails(deps: Deps) {
  const { db, repository, accounts, mails, mailer, limiter, now } = deps;

  async function recipient({ address, language, userId }: StoredEmail & { readonly address: string }, user: User) {
    return { to: address, language: mailLanguage((await deps.languageOf(userId)) ?? language), user };
  }

  /** In the transaction of what it tells. Nothing, where there is no address. */
  async function notify(tx: Tx, email: StoredEmail | undefined, what: 'changed' | 'removed' | 'passwordChanged') {
    const user = email && (await accounts.findAccount(tx, email.userId));
    if (!user || email.address === null) return;
    await mailer.send(tx, mails.notice(await recipient({ ...email, address: email.address }, user), what));
  }

  /**
   * Whether this mailbox may be written to once more. What is counted of recovery is counted by itself: else claims and
   * invitations by strangers would use it up, and what is left for those would tell that there is an account.
   */
  async function hasRoom(limit: MailLimit, of: string): Promise<boolean> {
    return limiter.take(limit, of).then(
      () => true,
      (error: unknown) => {
        if (error instanceof AppError && error.code === 'rate-limited') return false;
        throw error;
      },
    );
  }

  /** What has happened, to its person. Nothing, where there is no address, or too many were sent of this kind. */
  async function tell(userId: UserId, limit: MailLimit, written: (to: Recipient) => Mail): Promise<void> {
    const email = await repository.find(db, userId);
    const user = email && (await accounts.findAccount(db, userId));
    if (!user || email.address === null || !(await hasRoom(limit, userId))) return;
    await mailer.send(db, written(await recipient({ ...email, address: email.address }, user)));
    mailer.kick();
  }

  /** In the transaction of the act; an earlier link is void. */
  async function claim(tx: Tx, user: User, { address, language }: Claim): Promise<void> {
    const token = newSecret();
    const expiresAt = new Date(now().getTime() + CONFIRM_HOURS * HOUR_MS);
    await repository.claim(tx, { userId: user.id, address, hash: hashOf(token), expiresAt, language });
    await mailer.send(tx, mails.confirm({ to: address, language: mailLanguage(language), user }, token));
  }

  /** By a job: who asked has been answered long before. */
  async function sendRecovery(name: string): Promise<void> {
    const user = await accounts.findAccountByName(db, name.trim().toLowerCase());
    const email = user && (await repository.find(db, user.id));
    if (!email || email.address === null || !(await hasRoom('recoveryMail', user.id))) return;
    const to = await recipient({ ...email, address: email.address }, user);
    const token = newSecret();
    const expiresAt = new Date(now().getTime() + RECOVERY_HOURS * HOUR_MS);
    await db.transaction(async (tx) => {
      await repository.insertRecovery(tx, user.id, { hash: hashOf(token), expiresAt });
      await mailer.send(tx, mails.recovery(to, token));
    });
    mailer.kick();
  }

  deps.jobs.handle(RECOVERY_TOPIC, (payload) => sendRecovery(Asked.parse(payload).name));

  async function requireRecovery(tx: Tx, hash: Buffer): Promise<Account> {
    const userId = await repository.lockRecovery(tx, hash, now());
    const account = userId && (await accounts.lockAccount(tx, userId));
    if (!account) throw new AppError('mail-link-over');
    return account;
  }

  return {
    /** In the transaction that makes an account, or before it where that is not to be: then it fails. */
    async claimAtSignUp(wanted: Claim): Promise<(tx: Tx, user: User) => Promise<void>> {
      await limiter.take('mailPerRecipient', wanted.address);
      return (tx, user) => claim(tx, user, wanted);
    },

    async get({ userId }: Caller) {
      const email = await repository.find(db, userId);
      const waiting = email?.claim && email.claim.expiresAt > now() ? email.claim : null;
      return {
        address: email?.address ?? null,
        claim: waiting && { address: waiting.address, expiresAt: waiting.expiresAt.toISOString() },
      };
    },

    async claim({ userId }: Caller, wanted: Claim): Promise<void> {
      const user = await accounts.findAccount(db, userId);
      if (!user) throw new AppError('not-signed-in');
      await limiter.take('mailPerRecipient', wanted.address);
      await db.transaction((tx) => claim(tx, user, wanted));
      mailer.kick();
      deps.tellChanged(userId);
    },

    async remove({ userId }: Caller): Promise<void> {
      await db.transaction(async (tx) => {
        await notify(tx, await repository.lock(tx, userId), 'removed');
        await repository.remove(tx, userId);
        await repository.removeRecoveries(tx, userId);
      });
      mailer.kick();
      deps.tellChanged(userId);
    },

    /** Whoever has the link reads the mailbox; whether they are signed in here does not matter. */
    async confirm(token: string): Promise<string> {
      const { userId, address } = await db
        .transaction(async (tx) => {
          const email = await repository.lockClaim(tx, hashOf(token));
          if (!email?.claim || email.claim.expiresAt <= now()) throw new AppError('mail-link-over');
          await repository.confirm(tx, email.userId, { address: email.claim.address, at: now() });
          // Links that were sent to the old address lead nowhere any more.
          await repository.removeRecoveries(tx, email.userId);
          if (email.address !== email.claim.address) await notify(tx, email, 'changed');
          return { userId: email.userId, address: email.claim.address };
        })
        .catch((error: unknown) => {
          throw isDuplicate(error) ? new AppError('email-taken', undefined, { cause: error }) : error;
        });
      mailer.kick();
      deps.tellChanged(userId);
      return address;
    },

    /** Takes the question, and nothing else: with an account behind it or without, this is all that happens now. */
    async askForNewPassword(name: string): Promise<void> {
      await deps.jobs.add(db, RECOVERY_TOPIC, { name });
      deps.jobs.kick();
    },

    async setNewPassword(token: string, newPassword: string): Promise<void> {
      const hash = hashOf(token);
      const known = await db.transaction((tx) => requireRecovery(tx, hash));
      checkNewPassword(newPassword, [known.userName, known.displayName]);
      const passwordHash = await deps.passwords.hash(newPassword);
      const ended = await db.transaction(async (tx) => {
        // Once more, for another may have opened it meanwhile.
        const { id } = await requireRecovery(tx, hash);
        await accounts.changePasswordHash(tx, id, passwordHash);
        await repository.removeRecoveries(tx, id);
        await notify(tx, await repository.find(tx, id), 'passwordChanged');
        return deps.sessions.endAll(tx, id, 'password');
      });
      deps.sessions.close(ended);
      mailer.kick();
    },

    /** Says nothing of whether somebody there is here already, or has been written to too often. */
    async invite({ userId }: Caller, { address, language }: Claim, path: `/${string}` = '/sign-up'): Promise<void> {
      const inviter = await accounts.findAccount(db, userId);
      if (!inviter || !(await hasRoom('mailPerRecipient', address))) return;
      await mailer.send(db, mails.invitation(inviter, { to: address, language: mailLanguage(language) }, path));
      mailer.kick();
    },

    /** By a job of the sign-in. */
    tellSignIn: ({ userId, device, createdAt }: StoredSession): Promise<void> =>
      tell(userId, 'signInMail', (to) => mails.signIn(to, { device, at: createdAt })),

    /** By a job of the change. */
    tellProofChange: ({ userId, device, at, what }: StoredChange): Promise<void> =>
      tell(userId, 'proofMail', (to) => mails.proofs(to, { device, at, what })),

    /** Links that were sent before lead nowhere: whoever had them sent may be the one who is shut out. */
    async forget(tx: Tx, userId: UserId): Promise<void> {
      await repository.removeClaim(tx, userId);
      await repository.removeRecoveries(tx, userId);
    },

    async sweep(): Promise<void> {
      // oxlint-disable-next-line no-await-in-loop -- in portions, so that nobody waits for long
      while (await repository.removeExpired(db, now()));
    },
  };
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
