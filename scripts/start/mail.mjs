import { join } from 'node:path';

/**
 * One line for whoever starts Dialog. What stands in SMTP_URL is not shown: it holds a password.
 *
 * @param {{ env: Record<string, string | undefined>, data: string, open: string }} options
 */
export function sayWhereMailsGo({ env, data, open }) {
  if (env['SMTP_URL']) return `Mails go out through ${new URL(env['SMTP_URL']).host}.`;
  return `Mails are kept at ${open}/outbox (no SMTP_URL is set); its secret is in ${join(data, 'outbox.secret')}.`;
}
