import { randomBytes } from 'node:crypto';
import { emailRoutes } from '@dialog/shared/auth.email';
import { recoveryRoutes } from '@dialog/shared/auth.recovery';
import { profileRoutes } from '@dialog/shared/users.profile';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toBytes } from '../platform/ids.ts';
import { aUser, callRoute, type Person, signInAgain } from '../testing/people.ts';
import { type SmtpStandIn, startSmtpStandIn } from '../testing/smtpStandIn.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';

let smtp: SmtpStandIn;
let app: TestApp;
beforeAll(async () => {
  smtp = await startSmtpStandIn();
  app = await startTestApp({ config: { smtp: smtp.smtp, linkOrigin: 'https://chat.example.org' } });
});
afterAll(async () => {
  await app.stop();
  smtp.stop();
});

const nameFree = (): string => `n${randomBytes(6).toString('hex')}`;

/** Somebody whose name is another one now; they know the old one. */
async function renamed(): Promise<{ readonly person: Person; readonly userName: string }> {
  const [person, userName] = [await aUser(app), nameFree()];
  await person.call(profileRoutes.changeUserName, { body: { userName } });
  return { person, userName };
}

test('a name that was given up still signs its person in, for 30 days, and nobody else by it', async () => {
  const { person, userName } = await renamed();
  const back = await signInAgain(app, person);
  expect(back.user).toMatchObject({ id: person.user.id, userName });
  expect((await signInAgain(app, { ...person, userName })).user.id).toBe(person.user.id);
  await expect(signInAgain(app, { ...person, password: 'not the password' })).rejects.toThrow('wrong-credentials');
  await app.app.db.run('UPDATE user_name_changes SET changed_at = changed_at - INTERVAL 31 DAY WHERE user_id = :id', {
    id: toBytes(person.user.id),
  });
  await expect(signInAgain(app, person)).rejects.toThrow('wrong-credentials');
});

test('whoever has a name now signs in by it, also where another gave it up', async () => {
  const { person } = await renamed();
  await app.app.db.run('UPDATE user_name_changes SET changed_at = changed_at - INTERVAL 31 DAY WHERE user_id = :id', {
    id: toBytes(person.user.id),
  });
  const next = await aUser(app, { userName: person.userName });
  await app.app.db.run('UPDATE user_name_changes SET changed_at = changed_at + INTERVAL 31 DAY WHERE user_id = :id', {
    id: toBytes(person.user.id),
  });
  expect((await signInAgain(app, next)).user.id).toBe(next.user.id);
  await expect(signInAgain(app, person)).rejects.toThrow('wrong-credentials');
});

test('a recovery code and a link by mail get their person in by a name that was given up', async () => {
  const { person } = await renamed();
  const { userName, recoveryCodes } = person;
  const body = { userName, code: recoveryCodes[0] ?? '', newPassword: 'a harpsichord at dawn' };
  await callRoute({ url: app.url, route: recoveryRoutes.recoverByCode, request: { body } });
  const back = await signInAgain(app, { userName, password: body.newPassword });
  expect(back.user.id).toBe(person.user.id);

  const address = 'renamed@example.org';
  await back.call(emailRoutes.claimEmail, { body: { address, language: 'en' } });
  const confirm = /confirm-email#([\w-]{43})/.exec((await smtp.mailTo(address, '/confirm-email#')).text)?.[1] ?? '';
  await callRoute({ url: app.url, route: emailRoutes.confirmEmail, request: { body: { token: confirm } } });
  await callRoute({ url: app.url, route: emailRoutes.askForNewPassword, request: { body: { userName } } });
  expect((await smtp.mailTo(address, '/new-password#')).text).toContain(back.user.userName);
});
