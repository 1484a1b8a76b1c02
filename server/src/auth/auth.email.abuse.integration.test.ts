import { createHash } from 'node:crypto';
import { authRoutes } from '@dialog/shared/auth';
import { emailRoutes } from '@dialog/shared/auth.email';
import { recoveryRoutes } from '@dialog/shared/auth.recovery';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pause } from '../testing/conversation.ts';
import { aUser, callRoute, signInAgain, type Person } from '../testing/people.ts';
import { type SmtpStandIn, startSmtpStandIn } from '../testing/smtpStandIn.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';

let smtp: SmtpStandIn;
let app: TestApp;
beforeAll(async () => {
  smtp = await startSmtpStandIn();
  // One of what can be made to be sent was the owner's own claim.
  app = await startTestApp({ nodes: 2, config: { smtp: smtp.smtp }, limits: { mailPerRecipient: 4 } });
});
afterAll(async () => {
  await app.stop();
  smtp.stop();
});

const nodeAt = (index: number): TestNode => app.nodes[index] ?? app;
let count = 0;
const anAddress = (): string => `owner${(count += 1)}@example.org`;
const claim = (person: Person, address: string) =>
  person.call(emailRoutes.claimEmail, { body: { address, language: 'en' } });
async function tokenIn(address: string, page: 'confirm-email' | 'new-password'): Promise<string> {
  const { text } = await smtp.mailTo(address, `/${page}#`);
  return new RegExp(`/${page}#([\\w-]{43})`).exec(text)?.[1] ?? '';
}
const confirm = (token: string) =>
  callRoute({ url: nodeAt(1).url, route: emailRoutes.confirmEmail, request: { body: { token } } });
const ask = (userName: string) =>
  callRoute({ url: app.url, route: emailRoutes.askForNewPassword, request: { body: { userName } } });
const setPassword = (token: string, newPassword: string) =>
  callRoute({ url: nodeAt(1).url, route: emailRoutes.setNewPassword, request: { body: { token, newPassword } } });

async function withAddress(): Promise<{ readonly person: Person; readonly address: string }> {
  const [person, address] = [await aUser(app), anAddress()];
  await claim(person, address);
  await confirm(await tokenIn(address, 'confirm-email'));
  return { person, address };
}

const SHUTTING_OUT: readonly (readonly [string, (person: Person) => Promise<unknown>])[] = [
  [
    'changes the password',
    ({ call, password }) =>
      call(authRoutes.changePassword, { body: { currentPassword: password, newPassword: 'entirely other words' } }),
  ],
  [
    'comes back by a code from paper',
    ({ userName, recoveryCodes }) => {
      const body = { userName, code: recoveryCodes[0] ?? '', newPassword: 'entirely other words' };
      return callRoute({ url: app.url, route: recoveryRoutes.recoverByCode, request: { body } });
    },
  ],
  ['signs out everywhere else', (person) => person.call(authRoutes.signOutOthers)],
];

test.each(SHUTTING_OUT)('links that a thief had sent lead nowhere once the person %s', async (_how, shutOut) => {
  const { person, address } = await withAddress();
  const thief = await signInAgain(app, person);
  const theirs = anAddress();
  await claim(thief, theirs);
  await ask(person.userName);
  const claimed = await tokenIn(theirs, 'confirm-email');
  const recovery = await tokenIn(address, 'new-password');
  await shutOut(person);
  await expect(confirm(claimed)).rejects.toThrow('mail-link-over');
  await expect(setPassword(recovery, 'the words of a thief')).rejects.toThrow('mail-link-over');
  await signInAgain(app, { ...person, userName: address }).catch(() =>
    signInAgain(app, { ...person, userName: address, password: 'entirely other words' }),
  );
});

test('what is left of claims and invitations does not tell who has an account, nor do they keep recovery away', async () => {
  const [{ address: known }, stranger] = [await withAddress(), await aUser(app)];
  const unknown = anAddress();
  const recoveries = () =>
    smtp.received.filter(({ to, text }) => to.includes(known) && text.includes('/new-password#')).length;
  for (const name of [known, known, known]) await ask(name);
  await expect.poll(recoveries, { timeout: 10_000 }).toBe(3);
  for (const to of [known, known, known, unknown, unknown, unknown]) expect(await claim(stranger, to)).toEqual({});
  await expect(claim(stranger, known)).rejects.toThrow('rate-limited');
  await ask(known);
  await expect.poll(recoveries, { timeout: 10_000 }).toBe(4);
});

test('the database holds no link that lets anyone in', async () => {
  const { person, address } = await withAddress();
  await ask(person.userName);
  const next = anAddress();
  await claim(person, next);
  const tokens = [await tokenIn(address, 'new-password'), await tokenIn(next, 'confirm-email')];
  const rows = await app.app.db.rows<{ hash: Buffer }>(
    'SELECT token_hash AS hash FROM recoveries UNION ALL SELECT claim_hash FROM emails WHERE claim_hash IS NOT NULL',
  );
  const kept = Buffer.concat(rows.map(({ hash }) => hash));
  for (const token of tokens) {
    expect([kept.indexOf(token), kept.indexOf(Buffer.from(token, 'base64url'))]).toEqual([-1, -1]);
    // There it is, by its hash alone.
    expect(kept.indexOf(createHash('sha256').update(token).digest())).toBeGreaterThan(-1);
  }
});

test('who asks for a new password is answered before anybody looks whether there is such an account', async () => {
  const { person, address } = await withAddress();
  const answers: unknown[] = [];
  await app.app.db.transaction(async (tx) => {
    // Nobody writes a link down meanwhile.
    await tx.run('LOCK TABLES recoveries WRITE');
    for (const name of [address, person.userName, 'nobody@example.org', 'nobody_at_all'])
      answers.push(await Promise.race([ask(name), pause(3_000)]));
    await tx.run('UNLOCK TABLES');
  });
  expect(answers).toEqual([{}, {}, {}, {}]);
  expect(await tokenIn(address, 'new-password')).not.toBe('');
});
