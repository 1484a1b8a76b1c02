import { authRoutes } from '@dialog/shared/auth';
import { deviceRoutes } from '@dialog/shared/auth.devices';
import { emailRoutes } from '@dialog/shared/auth.email';
import { inviteRoutes } from '@dialog/shared/invites';
import { settingsRoutes } from '@dialog/shared/settings';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pause } from '../testing/conversation.ts';
import { aGroup, aUser, callRoute, fetchRoute, signInAgain, type Person } from '../testing/people.ts';
import { type SmtpStandIn, startSmtpStandIn } from '../testing/smtpStandIn.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';

let smtp: SmtpStandIn;
let app: TestApp;
beforeAll(async () => {
  smtp = await startSmtpStandIn();
  app = await startTestApp({ nodes: 2, config: { smtp: smtp.smtp, linkOrigin: 'https://chat.example.org' } });
});
afterAll(async () => {
  await app.stop();
  smtp.stop();
});

let count = 0;
const anAddress = (): string => `person${(count += 1)}@example.org`;
const claim = (person: Person, address: string, language = 'en') =>
  person.call(emailRoutes.claimEmail, { body: { address, language } });

async function tokenIn(address: string, page: 'confirm-email' | 'new-password'): Promise<string> {
  const { text } = await smtp.mailTo(address, `/${page}#`);
  return new RegExp(`https://chat\\.example\\.org/${page}#([\\w-]{43})`).exec(text)?.[1] ?? '';
}

const confirm = (token: string, node = app.nodes[1] ?? app) =>
  callRoute({ url: node.url, route: emailRoutes.confirmEmail, request: { body: { token } } });
const ask = (userName: string) =>
  callRoute({ url: app.url, route: emailRoutes.askForNewPassword, request: { body: { userName } } });
const setPassword = (token: string, newPassword: string, node = app.nodes[1] ?? app) =>
  callRoute({ url: node.url, route: emailRoutes.setNewPassword, request: { body: { token, newPassword } } });

async function withAddress(address = anAddress()): Promise<{ readonly person: Person; readonly address: string }> {
  const person = await aUser(app);
  await claim(person, address);
  await confirm(await tokenIn(address, 'confirm-email'));
  return { person, address };
}

test('an address is the person’s once its link is opened, on whichever node, and then one signs in with it', async () => {
  const ada = await aUser(app);
  await claim(ada, ' Ada.L@Example.ORG ');
  expect(await ada.call(emailRoutes.getEmail)).toMatchObject({
    address: null,
    claim: { address: 'ada.l@example.org' },
  });
  await expect(signInAgain(app, { ...ada, userName: 'ada.l@example.org' })).rejects.toThrow('wrong-credentials');
  const token = await tokenIn('ada.l@example.org', 'confirm-email');
  expect(await confirm(token)).toEqual({ address: 'ada.l@example.org' });
  expect(await ada.call(emailRoutes.getEmail)).toEqual({ address: 'ada.l@example.org', claim: null });
  const again = await signInAgain(app, { ...ada, userName: 'Ada.L@example.org' });
  expect(again.user.id).toBe(ada.user.id);
  await expect(confirm(token)).rejects.toThrow('mail-link-over');
});

test('two people may claim an address; of those who open their links at once on two nodes one has it', async () => {
  const [one, two] = [await aUser(app), await aUser(app)];
  const address = anAddress();
  await claim(one, address);
  const first = await tokenIn(address, 'confirm-email');
  await claim(two, address);
  await expect.poll(async () => (await tokenIn(address, 'confirm-email')) !== first).toBe(true);
  const second = await tokenIn(address, 'confirm-email');
  const outcomes = await Promise.all(
    [first, second].map((token, index) =>
      confirm(token, app.nodes[index]).then(
        () => 'confirmed',
        (error: Error) => error.message,
      ),
    ),
  );
  expect(outcomes.toSorted()).toEqual(['confirmed', 'email-taken']);
});

test('a link that was opened twice at once counts once; an older link and a day-old one count for nothing', async () => {
  const ada = await aUser(app);
  const address = anAddress();
  await claim(ada, address);
  const older = await tokenIn(address, 'confirm-email');
  await claim(ada, address);
  await expect.poll(async () => (await tokenIn(address, 'confirm-email')) !== older).toBe(true);
  await expect(confirm(older)).rejects.toThrow('mail-link-over');
  const token = await tokenIn(address, 'confirm-email');
  const both = await Promise.allSettled(app.nodes.map((node) => confirm(token, node)));
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);

  const late = anAddress();
  await claim(ada, late);
  const lateToken = await tokenIn(late, 'confirm-email');
  await app.app.db.run(
    'UPDATE emails SET claim_expires_at = NOW(3) - INTERVAL 1 SECOND WHERE claimed_address = :late',
    {
      late,
    },
  );
  await expect(confirm(lateToken)).rejects.toThrow('mail-link-over');
});

test('changing or removing an address needs its person, and the old address is told', async () => {
  const { person, address } = await withAddress();
  await app.app.db.run('UPDATE sessions SET confirmed_at = NULL');
  await expect(claim(person, anAddress())).rejects.toThrow('confirmation-needed');
  await expect(person.call(emailRoutes.removeEmail)).rejects.toThrow('confirmation-needed');
  const fresh = await signInAgain(app, person);
  const next = anAddress();
  await claim(fresh, next);
  await confirm(await tokenIn(next, 'confirm-email'));
  await smtp.mailTo(address, 'has another e-mail address now');
  await fresh.call(emailRoutes.removeEmail);
  await smtp.mailTo(next, 'was taken off your account');
  expect(await fresh.call(emailRoutes.getEmail)).toEqual({ address: null, claim: null });
  await expect(signInAgain(app, { ...person, userName: next })).rejects.toThrow('wrong-credentials');
});

test('a link to a new password works once, ends every session, and the old password is none', async () => {
  const { person, address } = await withAddress();
  const socket = await person.connect(app.nodes[0]);
  const closed = new Promise((resolve) => socket.once('disconnect', resolve));
  await ask(person.userName);
  const token = await tokenIn(address, 'new-password');
  await expect(setPassword(token, 'short')).rejects.toThrow('password-too-short');
  await expect(setPassword(token, `${person.userName}1`)).rejects.toThrow('password-too-common');
  const both = await Promise.allSettled(
    app.nodes.map((node, index) => setPassword(token, `entirely other words ${index}`, node)),
  );
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const won = both.findIndex(({ status }) => status === 'fulfilled');
  await closed;
  await expect(person.call(authRoutes.getMe)).rejects.toThrow('not-signed-in');
  await expect(signInAgain(app, person)).rejects.toThrow('wrong-credentials');
  const again = await signInAgain(app, { ...person, password: `entirely other words ${won}` });
  await smtp.mailTo(address, 'was changed through a link');
  const { signIns } = await again.call(deviceRoutes.listSignIns, { query: {} });
  expect(signIns.find(({ id }) => id === person.sessionId)?.end?.how).toBe('password');
});

test('a link to a new password holds for an hour, and not past a change of the address', async () => {
  const { person, address } = await withAddress();
  await ask(address.toUpperCase());
  const first = await tokenIn(address, 'new-password');
  await app.app.db.run('UPDATE recoveries SET expires_at = NOW(3) - INTERVAL 1 SECOND');
  await expect(setPassword(first, 'entirely other words')).rejects.toThrow('mail-link-over');
  await ask(person.userName);
  await expect.poll(async () => (await tokenIn(address, 'new-password')) !== first).toBe(true);
  const second = await tokenIn(address, 'new-password');
  await person.call(emailRoutes.removeEmail);
  await expect(setPassword(second, 'entirely other words')).rejects.toThrow('mail-link-over');

  const { person: moving, address: before } = await withAddress();
  await ask(moving.userName);
  const third = await tokenIn(before, 'new-password');
  const next = anAddress();
  await claim(moving, next);
  await confirm(await tokenIn(next, 'confirm-email'));
  await expect(setPassword(third, 'entirely other words')).rejects.toThrow('mail-link-over');
});

test('whether somebody has an account is told by no answer, no header and no time', async () => {
  const { person, address } = await withAddress();
  const waiting = await aUser(app);
  await claim(waiting, 'unconfirmed@example.org');
  const timed = async (userName: string) => {
    const began = performance.now();
    const response = await fetchRoute({
      url: app.url,
      route: emailRoutes.askForNewPassword,
      request: { body: { userName } },
    });
    const told = { status: response.status, body: await response.json(), headers: [...response.headers.keys()] };
    return { told, ms: performance.now() - began };
  };
  const known = [person.userName, address];
  const unknown = ['nobody_at_all', 'nobody@example.org', 'unconfirmed@example.org', waiting.userName];
  const reference = await timed(address);
  const times = { known: [] as number[], unknown: [] as number[] };
  for (let round = 0; round < 8; round += 1) {
    for (const name of [...known, ...unknown]) {
      const { told, ms } = await timed(name);
      expect(told).toEqual(reference.told);
      times[known.includes(name) ? 'known' : 'unknown'].push(ms);
    }
  }
  // The fastest of each: both write one row, so neither can be several times the other.
  const ratio = Math.min(...times.known) / Math.min(...times.unknown);
  expect(ratio).toBeGreaterThan(0.3);
  expect(ratio).toBeLessThan(3);
  await pause(1_500);
  expect(
    smtp.received.some(
      ({ to, text }) => to.includes('unconfirmed@example.org') && text.includes('#') && text.includes('new-password'),
    ),
  ).toBe(false);
});

test('a claim and an invitation are answered alike, whoever has the address', async () => {
  const { address } = await withAddress();
  const ada = await aUser(app, { displayName: 'Ada http://evil.example' });
  for (const to of [address, anAddress()]) {
    expect(await claim(ada, to)).toEqual({});
    expect(await ada.call(emailRoutes.inviteByMail, { body: { address: to, language: 'de' } })).toEqual({});
    const { text } = await smtp.mailTo(to, 'lädt dich');
    expect(text).toContain('https://chat.example.org/sign-up');
    expect(text).not.toContain('evil.example');
  }
});

test('a link into a group is mailed by those who manage it, as long as it stands', async () => {
  const [ada, eve] = [await aUser(app), await aUser(app)];
  const { chat } = await aGroup(ada, [eve]);
  const params = { chatId: chat.id };
  const { id, code } = await ada.call(inviteRoutes.createInvite, { params, body: { needsApproval: false } });
  const request = { params: { ...params, inviteId: id }, body: { address: anAddress(), language: 'en' } };
  await expect(eve.call(inviteRoutes.mailInvite, request)).rejects.toThrow('not-allowed');
  await ada.call(inviteRoutes.mailInvite, request);
  const { text } = await smtp.mailTo(request.body.address, 'into a group');
  expect(text).toContain(`https://chat.example.org/join/${code}`);
  await ada.call(inviteRoutes.revokeInvite, { params: request.params });
  await expect(ada.call(inviteRoutes.mailInvite, request)).rejects.toThrow('invite-not-found');
});

test('an address given at sign-up waits for its link as any other', async () => {
  const address = anAddress();
  const body = {
    userName: `signup_${Date.now()}`,
    displayName: 'Ada',
    password: 'correct horse battery',
    keep: 'bearer',
    email: { address, language: 'de-AT' },
  } as const;
  await callRoute({ url: app.url, route: authRoutes.signUp, request: { body } });
  const { text, headers } = await smtp.mailTo(address, '/confirm-email#');
  expect(text).toContain('bitte bestätige');
  expect(headers.get('to')).toBe(address);
  await confirm(await tokenIn(address, 'confirm-email'));
  await signInAgain(app, { ...body, userName: address });
});

test('a sign-in is told by mail in the language the person has chosen, and a sign-up is not', async () => {
  const { person, address } = await withAddress();
  await person.call(settingsRoutes.changeSettings, { body: { appearance: { language: 'de' } } });
  await signInAgain(app, person);
  const { text } = await smtp.mailTo(address, 'ein neues Gerät hat sich');
  expect(text).toContain(person.userName);
  expect(smtp.received.filter(({ to, text: said }) => to.includes(address) && said.includes('new device'))).toEqual([]);
});

test.each([
  'ada',
  'ada@',
  '@example.org',
  'ada@example',
  'a b@example.org',
  'ada@example.org\r\nBcc: x@y.z',
  'ada@exa_mple.org',
  `${'a'.repeat(65)}@example.org`,
  'ada@example.org, eve@example.org',
  '"ada"@example.org',
  'ada..l@example.org',
  'ädä@example.org',
])('"%s" is no address, and nothing is sent there', async (address) => {
  const ada = await aUser(app);
  await expect(claim(ada, address)).rejects.toThrow('invalid-request');
});

test('one mailbox is not filled by strangers, nor many by one person', async () => {
  const strict = await startTestApp({
    config: { smtp: smtp.smtp },
    limits: { mailPerRecipient: 3, inviteByMail: 5, askNewPasswordPerAccount: 4 },
  });
  try {
    const ada = await aUser(strict);
    const invite = (address: string) => ada.call(emailRoutes.inviteByMail, { body: { address, language: 'en' } });
    for (let sent = 0; sent < 5; sent += 1) expect(await invite('victim@example.org')).toEqual({});
    await expect(invite('other@example.org')).rejects.toThrow('rate-limited');
    await pause(2_000);
    expect(smtp.received.filter(({ to }) => to.includes('victim@example.org'))).toHaveLength(3);
    const answers: unknown[] = [];
    for (let asked = 0; asked < 5; asked += 1) {
      const request = { body: { userName: 'nobody@example.org' } };
      answers.push(
        await callRoute({ url: strict.url, route: emailRoutes.askForNewPassword, request }).catch(
          (error: Error) => error.message,
        ),
      );
    }
    // The limit is one of the name asked for, whether or not there is such an account.
    expect(answers).toEqual([{}, {}, {}, {}, 'rate-limited']);
  } finally {
    await strict.stop();
  }
});
