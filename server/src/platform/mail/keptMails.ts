import * as z from 'zod';
import { deriveSealingKey, seal, unseal } from '../crypto/sealing.ts';
import type { Database } from '../database.ts';
import { toBytes } from '../ids.ts';
import type { WrittenMail } from './mail.ts';

/** What one may want to look up again; older ones go. */
const MAILS_KEPT = 200;

const WrittenMail = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
});

export interface KeptMail extends WrittenMail {
  readonly keptAt: Date;
}

/** Where no SMTP is set, mails are kept for the operator: sealed, for their links let people in. */
export interface KeptMails {
  keep(mail: WrittenMail): Promise<void>;
  /** The newest first. */
  list(): Promise<KeptMail[]>;
}

interface KeptMailsDeps {
  readonly db: Database;
  readonly masterKey: Buffer;
  readonly now: () => Date;
}

export function createKeptMails({ db, masterKey, now }: KeptMailsDeps): KeptMails {
  const key = deriveSealingKey(masterKey, 'kept mails');
  return {
    async keep(mail) {
      const id = toBytes(mail.id);
      await db.run(
        'INSERT INTO kept_mails (id, mail, kept_at) VALUES (:id, :mail, :at) ON DUPLICATE KEY UPDATE kept_at = kept_at',
        { id, mail: seal(key, JSON.stringify(mail), id), at: now() },
      );
      const [oldest] = await db.rows<{ id: Buffer }>(
        'SELECT id FROM kept_mails ORDER BY id DESC LIMIT 1 OFFSET :last',
        {
          last: MAILS_KEPT - 1,
        },
      );
      if (oldest) await db.run('DELETE FROM kept_mails WHERE id < :id', { id: oldest.id });
    },
    async list() {
      const rows = await db.rows<{ id: Buffer; mail: Buffer; kept_at: Date }>(
        'SELECT id, mail, kept_at FROM kept_mails ORDER BY id DESC LIMIT :max',
        { max: MAILS_KEPT },
      );
      return rows.map((row) => ({
        ...WrittenMail.parse(JSON.parse(unseal(key, row.mail, row.id).toString('utf8'))),
        keptAt: row.kept_at,
      }));
    },
  };
}
