import { authRoutes } from '@dialog/shared/auth';
import { confirmingRoutes } from '@dialog/shared/auth.confirming';
import { deviceRoutes } from '@dialog/shared/auth.devices';
import { emailRoutes } from '@dialog/shared/auth.email';
import { passkeyRoutes } from '@dialog/shared/auth.passkeys';
import { recoveryRoutes } from '@dialog/shared/auth.recovery';
import { secondFactorRoutes } from '@dialog/shared/auth.secondFactor';
import { profileRoutes } from '@dialog/shared/users.profile';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPasskey, turnOnTotp } from '../testing/proofs.ts';
import { aUser, callRoute, signInAgain, type Person } from '../testing/people.ts';
import { type SmtpStandIn, startSmtpStandIn } from '../testing/smtpStandIn.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';

let smtp: SmtpStandIn;
let app: TestApp;
const ORIGIN = 'https://chat.example.org';
beforeAll(async () => {
  smtp = await startSmtpStandIn();
  app = await startTestApp({
    config: { smtp: smtp.smtp, linkOrigin: ORIGIN, publicOrigins: [ORIGIN] },
    limits: { signInPerPerson: 10 },
  });
});
afterAll(async () => {
  await app.stop();
  smtp.stop();
});

let count = 0;
async function withAddress(): Promise<{ readonly person: Person; readonly address: string }> {
  const [person, address] = [await aUser(app), `somebody${(count += 1)}@example.org`];
  await person.call(emailRoutes.claimEmail, { body: { address, language: 'en' } });
  const { text } = await smtp.mailTo(address, '/confirm-email#');
  const token = /confirm-email#([\w-]{43})/.exec(text)?.[1] ?? '';
  await callRoute({ url: app.url, route: emailRoutes.confirmEmail, request: { body: { token } } });
  return { person, address };
}

async function changesOf(person: Person): Promise<string[]> {
  const { changes } = await person.call(deviceRoutes.listSignIns, { query: {} });
  return changes.map(({ what }) => what);
}

test('each change of a passkey, of codes from an app and of recovery codes is in the history and in a mail', async () => {
  const { person, address } = await withAddress();
  expect(await changesOf(person)).toEqual([]);
  await addPasskey(app, person, ORIGIN);
  await smtp.mailTo(address, 'A passkey was added.');
  await person.call(secondFactorRoutes.setPasskeyStep, { body: { isOn: true } });
  await smtp.mailTo(address, 'A passkey is asked for after the password from now on.');
  // It is so already.
  await person.call(secondFactorRoutes.setPasskeyStep, { body: { isOn: true } });
  await person.call(secondFactorRoutes.setPasskeyStep, { body: { isOn: false } });
  await smtp.mailTo(address, 'No passkey is asked for after the password any more.');
  const { passkeys } = await person.call(confirmingRoutes.getSecurity);
  for (const { id } of passkeys) await person.call(passkeyRoutes.removePasskey, { params: { passkeyId: id } });
  await smtp.mailTo(address, 'A passkey was removed.');
  await turnOnTotp(person);
  await smtp.mailTo(address, 'Codes from an app were turned on.');
  await person.call(secondFactorRoutes.turnOffTotp);
  await smtp.mailTo(address, 'Codes from an app were turned off.');
  await person.call(secondFactorRoutes.turnOffTotp);
  await person.call(recoveryRoutes.makeRecoveryCodes);
  await smtp.mailTo(address, 'New recovery codes were made; the old ones are void.');
  expect(await changesOf(person)).toEqual([
    'codes-made',
    'totp-off',
    'totp-on',
    'passkey-removed',
    'passkey-step-off',
    'passkey-step-on',
    'passkey-added',
  ]);
  expect(await changesOf(await aUser(app))).toEqual([]);
});

test('another user name is in the history and in a mail, and told to the devices; one that is refused is not', async () => {
  const { person, address } = await withAddress();
  const other = await aUser(app);
  const socket = await person.connect();
  let told = 0;
  socket.on('accountChanged', () => (told += 1));
  const change = (userName: string) => person.call(profileRoutes.changeUserName, { body: { userName } });
  await expect(change(other.userName)).rejects.toThrow('user-name-taken');
  await change(person.userName);
  expect(await changesOf(person)).toEqual([]);
  const userName = `${person.userName.slice(0, 20)}_new`;
  await change(userName);
  const { text } = await smtp.mailTo(address, 'The user name was changed.');
  expect(text).toContain(userName);
  expect(await changesOf(person)).toEqual(['user-name-changed']);
  await expect.poll(() => told).toBe(1);
  socket.close();
});

test('tries by the name and by the address of one account share one count', async () => {
  const { person, address } = await withAddress();
  const wrong = (userName: string) =>
    signInAgain(app, { ...person, userName, password: 'no such password' }).then(
      () => 'in',
      (error: Error) => error.message,
    );
  await person.call(authRoutes.signOut);
  // Half as many again: those that a node counts by itself for a moment, without Redis.
  for (let tried = 0; tried < 15; tried += 1) expect(await wrong(person.userName)).toBe('wrong-credentials');
  // Not said: it would tell whose address that is. The right password opens nothing either.
  await expect(signInAgain(app, { ...person, userName: address })).rejects.toThrow('wrong-credentials');
});
