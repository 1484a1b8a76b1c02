import { aboutRoutes } from '@dialog/shared/about';
import { InviteId } from '@dialog/shared/contract/values';
import { expect, test } from 'vitest';
import type { Call } from '../platform/api.ts';
import { aChatId } from '../testing/ids.ts';
import { createInvites } from './invites.ts';

/** A server that takes every invitation, and sends mails, or sends none. */
function invitesOf(hasMail: boolean) {
  const call = (async (route: unknown) => (route === aboutRoutes.getAbout ? { hasMail } : {})) as unknown as Call;
  const nobody = {} as never;
  return createInvites({ call, socket: nobody, chats: nobody });
}

test('who sends a link by mail hears whether a mail goes out, or waits with whoever runs the server', async () => {
  const inviteId = InviteId.parse(aChatId(7));
  const claim = { address: 'ada@example.org', language: 'en' };
  expect(await invitesOf(true).mail(aChatId(1), inviteId, claim)).toBe(true);
  expect(await invitesOf(false).mail(aChatId(1), inviteId, claim)).toBe(false);
});
