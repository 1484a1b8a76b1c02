import * as z from 'zod';
import { deriveSealingKey, seal, unseal } from '../crypto/sealing.ts';
import { newId, toBytes } from '../ids.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Mailer, WrittenMail } from './mail.ts';
import type { SendMail } from './smtp.ts';
import { writeMail } from './writing.ts';

const TOPIC = 'mail.send';
/** A mail server may be away for longer than a database: eight tries over twenty minutes. */
const PATIENCE = { triesMax: 8, backOffMs: 10_000 };

/** A row of the outbox is read by whoever reads the database, and mails hold links that let people in. */
const Payload = z.object({ id: z.uuid(), mail: z.base64() });
const Written = z.object({ id: z.string(), to: z.string(), subject: z.string(), text: z.string(), html: z.string() });

interface MailerDeps {
  readonly jobs: Jobs;
  readonly masterKey: Buffer;
  /** Out by SMTP, or to where the operator reads it. */
  readonly deliver: SendMail;
}

/** Mails that follow a commit: written with it, sealed, and delivered by a job. */
export function createMailer({ jobs, masterKey, deliver }: MailerDeps): Mailer {
  const key = deriveSealingKey(masterKey, 'mails to send');

  jobs.handle(
    TOPIC,
    async (payload) => {
      const { id, mail } = Payload.parse(payload);
      const written = unseal(key, Buffer.from(mail, 'base64'), toBytes(id)).toString('utf8');
      await deliver(Written.parse(JSON.parse(written)));
    },
    PATIENCE,
  );

  return {
    async send(tx, mail) {
      const id = newId<string>();
      const written: WrittenMail = writeMail(id, mail);
      const sealed = seal(key, JSON.stringify(written), toBytes(id));
      await jobs.add(tx, TOPIC, { id, mail: sealed.toString('base64') });
    },
    kick: () => jobs.kick(),
  };
}
