import { stat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { aboutRoutes } from '@dialog/shared/about';
import { callRoute } from '../../testing/people.ts';
import { type SmtpStandIn, startSmtpStandIn } from '../../testing/smtpStandIn.ts';
import { startTestApp, type TestApp } from '../../testing/startTestApp.ts';
import { loadMasterKey } from '../crypto/masterKey.ts';
import { newId } from '../ids.ts';
import { createKeptMails } from './keptMails.ts';
import { writeMail } from './writing.ts';

let smtp: SmtpStandIn;
let sending: TestApp;
let keeping: TestApp;
beforeAll(async () => {
  smtp = await startSmtpStandIn();
  sending = await startTestApp({ config: { smtp: smtp.smtp } });
  keeping = await startTestApp({ nodes: 2, limits: { outboxTryPerAddress: 20 } });
});
afterAll(async () => {
  await Promise.all([sending.stop(), keeping.stop()]);
  smtp.stop();
});

const LINK = 'http://localhost:3000/new-password#a-secret-of-somebody';
const aMail = (to: string, subject = 'Grüße') =>
  ({ to, language: 'de', subject, parts: ['Ein Absatz über alles.', { label: 'Hier weiter', link: LINK }] }) as const;

async function send({ app }: TestApp, mail: ReturnType<typeof aMail>): Promise<void> {
  await app.db.transaction((tx) => app.mailer.send(tx, mail));
  app.mailer.kick();
}

async function secretOf({ dataFolder }: TestApp): Promise<string> {
  return (await readFile(join(dataFolder, 'outbox.secret'), 'utf8')).trim();
}

async function open(url: string, secret: string): Promise<Response> {
  return fetch(`${url}/outbox`, { method: 'POST', body: new URLSearchParams({ secret }), redirect: 'manual' });
}

async function mailsAt(url: string, secret: string): Promise<string> {
  const cookie = (await open(url, secret)).headers.get('set-cookie')?.split(';')[0] ?? '';
  return (await fetch(`${url}/outbox`, { headers: { cookie } })).text();
}

test('a mail arrives over SMTP in both forms, from whom the operator said, to one address', async () => {
  await send(sending, aMail('ada@example.org'));
  const mail = await smtp.mailTo('ada@example.org');
  expect(mail.from).toBe('dialog@example.org');
  expect(mail.to).toEqual(['ada@example.org']);
  expect(mail.headers.get('subject')).toMatch(/^=\?UTF-8\?/);
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail.text).toContain(`Hier weiter:\n${LINK}`);
  expect(mail.raw).toContain('text/html');
  expect(mail.raw).not.toMatch(/<img/i);
});

test('R8: a mail of an act that was rolled back is never sent, and one whose server is away comes later', async () => {
  const undone = sending.app.db.transaction(async (tx) => {
    await sending.app.mailer.send(tx, aMail('nobody@example.org'));
    throw new Error('the act failed');
  });
  await expect(undone).rejects.toThrow('the act failed');
  smtp.refuse('451 come again');
  await send(sending, aMail('late@example.org'));
  await vi.waitFor(async () => {
    const rows = await sending.app.db.rows<{ attempts: number; payload: string }>('SELECT * FROM outbox');
    expect(rows).toMatchObject([{ attempts: 1 }]);
    // Sealed where it waits.
    expect(rows[0]?.payload).not.toMatch(/late@|new-password/);
  });
  smtp.refuse(null);
  await vi.waitFor(async () => {
    await sending.app.db.run("UPDATE outbox SET run_after = '2020-01-01' WHERE topic = 'mail.send'");
    await smtp.mailTo('late@example.org');
  }, 5_000);
  expect(smtp.received.some(({ to }) => to.includes('nobody@example.org'))).toBe(false);
});

test('what the mail server refuses for good is kept with the reason and not tried again', async () => {
  smtp.refuse('550 no such person');
  await send(sending, aMail('gone@example.org'));
  await vi.waitFor(async () => {
    const dead = await sending.app.db.rows<{ reason: string }>("SELECT * FROM dead_letters WHERE topic = 'mail.send'");
    expect(dead).toMatchObject([{ reason: expect.stringContaining('refused it for good') }]);
  }, 5_000);
  smtp.refuse(null);
});

test('without SMTP the operator reads the mails at any node, and nobody else does', async () => {
  await send(keeping, aMail('grace@example.org', 'For <Grace>'));
  const secret = await secretOf(keeping);
  const [, other] = keeping.nodes;
  await vi.waitFor(async () => {
    const page = await mailsAt(other?.url ?? '', secret);
    expect(page).toContain('For &lt;Grace&gt;');
    expect(page).toContain(`<a href="${LINK}"`);
  }, 5_000);

  const closed = await fetch(`${keeping.url}/outbox`);
  expect(closed.status).toBe(401);
  expect(await closed.text()).not.toContain('Grace');
  const forged = `dialog-outbox=${Date.now() + 1e6}.${'A'.repeat(43)}`;
  expect((await fetch(`${keeping.url}/outbox`, { headers: { cookie: forged } })).status).toBe(401);
  expect((await open(keeping.url, 'not the secret')).status).toBe(401);
  // No other route takes a form.
  const form = await fetch(`${keeping.url}/api/auth/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ secret }),
  });
  expect(form.ok).toBe(false);
});

test('before anyone signs in it is told whether mails go out', async () => {
  const hasMail = async ({ url }: TestApp) =>
    (await callRoute({ url, route: aboutRoutes.getAbout, request: {} })).hasMail;
  expect(await hasMail(sending)).toBe(true);
  expect(await hasMail(keeping)).toBe(false);
});

test('the secret is for its owner alone, and no page is there where mails are sent', async () => {
  const { mode } = await stat(join(keeping.dataFolder, 'outbox.secret'));
  expect(mode & 0o777).toBe(0o600);
  await expect(stat(join(sending.dataFolder, 'outbox.secret'))).rejects.toThrow(/ENOENT/);
  expect((await fetch(`${sending.url}/outbox`)).ok).toBe(false);
});

test('the newest two hundred are kept, sealed', async () => {
  const masterKey = await loadMasterKey({ fromEnvironment: undefined, dataFolder: keeping.dataFolder });
  const kept = createKeptMails({ db: keeping.app.db, masterKey, now: () => new Date() });
  for (let index = 0; index < 205; index += 1) {
    await kept.keep(writeMail(newId(), aMail('many@example.org', `Mail ${index}`)));
  }
  const mails = await kept.list();
  expect(mails).toHaveLength(200);
  expect(mails[0]?.subject).toBe('Mail 204');
  const rows = await keeping.app.db.rows<{ mail: Buffer }>('SELECT mail FROM kept_mails');
  expect(rows.some(({ mail }) => mail.includes('example'))).toBe(false);
});

test('whoever tries secrets is stopped', async () => {
  const answers: number[] = [];
  for (let tries = 0; tries < 25; tries += 1) answers.push((await open(keeping.url, 'a guess')).status);
  expect(answers.at(-1)).toBe(429);
  expect((await open(keeping.url, await secretOf(keeping))).status).toBe(429);
});
