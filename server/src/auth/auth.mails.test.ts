import { ProofChange } from '@dialog/shared/auth.values';
import { expect, test } from 'vitest';
import { words as german } from './auth.mails.de.ts';
import { words as english } from './auth.mails.en.ts';
import { createAuthMails } from './auth.mails.ts';

const mails = createAuthMails((path) => `https://chat.example.org${path}`);
const user = { id: '018f2c5e-7a50-7cc1-b6b1-6ad1ef6f9d11' as never, userName: 'ada', displayName: 'Ada L.' };
const about = { to: 'ada@example.org', language: 'en', user } as const;

function sentences(words: object): string[] {
  return Object.values(words).flatMap((said: unknown) =>
    typeof said === 'string' ? [said] : sentences(said as object),
  );
}

test('mails have the same gaps to fill in every language', () => {
  const gaps = (words: object) => sentences(words).map((said) => (said.match(/\{\w+\}/g) ?? []).toSorted());
  expect(gaps(german)).toEqual(gaps(english));
});

test('every mail can be written in every language, with nothing left to fill', () => {
  for (const language of ['en', 'de'] as const) {
    const written = [
      mails.confirm({ ...about, language }, 'token'),
      mails.recovery({ ...about, language }, 'token'),
      ...(['changed', 'removed', 'passwordChanged'] as const).map((what) => mails.notice({ ...about, language }, what)),
      mails.signIn({ ...about, language }, { device: '', at: new Date(0) }),
      ...ProofChange.options.map((what) => mails.proofs({ ...about, language }, { what, device: '', at: new Date(0) })),
      mails.invitation(user, { to: about.to, language }, '/sign-up'),
      mails.invitation(user, { to: about.to, language }, '/join/abc'),
    ];
    expect(JSON.stringify(written)).not.toMatch(/\{\w+\}/);
  }
});

test('secrets of links stand behind the #, which no server and no log sees', () => {
  const { parts } = mails.confirm(about, 'token');
  expect(parts).toContainEqual({ label: 'Confirm the address', link: 'https://chat.example.org/confirm-email#token' });
});

test('who is asked whether an address is theirs reads no link of whoever wrote it down', () => {
  const spammer = { ...user, userName: 'win.example.com', displayName: 'Win at https://evil.example/now !!' };
  for (const language of ['en', 'de'] as const) {
    const said = JSON.stringify([
      mails.confirm({ ...about, language, user: spammer }, 'token'),
      mails.invitation(spammer, { to: about.to, language }, '/sign-up'),
    ]);
    expect(said).toContain('Win at https evil example now');
    expect(said).not.toMatch(/win\.example|example\.com|evil\.example/);
  }
});

test('whoever is invited by a stranger gets no link of theirs', () => {
  const spammer = { ...user, displayName: 'Win at https://evil.example/now !!' };
  const { subject, parts } = mails.invitation(spammer, { to: 'a@b.c', language: 'en' }, '/sign-up');
  expect(parts[0]).toContain('Win at https evil example now (ada)');
  expect(subject).not.toContain('Win');
});
