import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../start/folders.mjs';
import { bad, fine, reasonOf } from './report.mjs';

const load = createRequire(join(ROOT, 'server', 'package.json'));

/**
 * @param {Record<string, string | undefined>} env
 * @returns {Promise<import('./report.mjs').Finding[]>}
 */
export async function lookAtMail(env) {
  const url = env['SMTP_URL'];
  if (!url) return [fine('Mail: no SMTP server is named (SMTP_URL), so mails are kept on the page /outbox.')];
  if (!env['MAIL_FROM']) return [bad('Mail: MAIL_FROM is missing.', 'Set it: Dialog <dialog@example.org>.')];
  /** @type {{ createTransport: (options: object) => { verify(): Promise<true>, close(): void } }} */
  const { createTransport } = load('nodemailer');
  const transport = createTransport({ url, connectionTimeout: 5000, greetingTimeout: 5000, socketTimeout: 8000 });
  try {
    await transport.verify();
    return [fine('Mail: the SMTP server lets Dialog in.')];
  } catch (error) {
    return [
      bad(
        `Mail: the SMTP server does not let Dialog in (${reasonOf(error)}).`,
        'See that name, port, user and password in SMTP_URL are right, and that this machine may connect to it.',
      ),
    ];
  } finally {
    transport.close();
  }
}
