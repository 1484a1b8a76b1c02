import { createTransport } from 'nodemailer';
import type { SmtpConfig } from '../../config.mail.ts';
import { FinalFailure } from '../jobs/jobs.ts';
import type { WrittenMail } from './mail.ts';

export type SendMail = (mail: WrittenMail) => Promise<void>;

/** Together shorter than a job may take. */
const CONNECT_MS = 5_000;
const GREETING_MS = 5_000;
const SILENCE_MS = 8_000;
/** From here on the server has said that it will never take this mail. */
const REFUSED_FOR_GOOD = 500;

/** Sends by SMTP, one connection a mail. Upgrades to TLS wherever the server offers it. */
export function createSmtp({ url, from }: SmtpConfig): SendMail {
  const transport = createTransport({
    url,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: GREETING_MS,
    socketTimeout: SILENCE_MS,
    // Nothing in a mail of ours is ever fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost';

  return async ({ id, to, subject, text, html }) => {
    try {
      await transport.sendMail({
        from,
        // As an object it is one address, whatever stands in it.
        to: { name: '', address: to },
        subject,
        text,
        html,
        // The same at each try, so that a mail sent twice can be known as one.
        messageId: `<${id}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      });
    } catch (error) {
      throw isFinal(error) ? new FinalFailure('the mail server refused it for good', { cause: error }) : error;
    }
  };
}

/** A server that does not know our password or name may know it after the operator has looked. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || !('responseCode' in error)) return false;
  return error.code === 'EENVELOPE' && Number(error.responseCode) >= REFUSED_FOR_GOOD;
}
