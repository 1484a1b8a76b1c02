import type { FastifyInstance } from 'fastify';
import type { Config } from '../../config.ts';
import type { Database } from '../database.ts';
import type { Callers } from '../http/callers.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Limiter } from '../limits/limiter.ts';
import { createKeptMails } from './keptMails.ts';
import type { Mailer } from './mail.ts';
import { createMailer } from './mailer.ts';
import { serveOutboxPage } from './outboxPage.ts';
import { outboxSecret, writeOutboxSecret } from './outboxSecret.ts';

interface MailPlatformDeps {
  readonly config: Config;
  readonly db: Database;
  readonly http: FastifyInstance;
  readonly callers: Pick<Callers, 'addressOf'>;
  readonly limiter: Pick<Limiter, 'take'>;
  readonly masterKey: Buffer;
  /** Those that may take long. */
  readonly jobs: Jobs;
  readonly now: () => Date;
}

/** Mails: out by SMTP where that is set, else to the page that the operator reads. */
export async function createMailPlatform(deps: MailPlatformDeps): Promise<Mailer> {
  const { config, masterKey, jobs } = deps;
  if (config.smtp) {
    const { createSmtp } = await import('./smtp.ts');
    return createMailer({ jobs, masterKey, deliver: createSmtp(config.smtp) });
  }
  const kept = createKeptMails(deps);
  const secret = outboxSecret(masterKey);
  await writeOutboxSecret(config.dataFolder, secret);
  await serveOutboxPage(deps.http, { ...deps, secret, kept });
  return createMailer({ jobs, masterKey, deliver: kept.keep });
}
