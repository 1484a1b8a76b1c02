import { expect, test } from 'vitest';
import { wantedInvitesStore, wantInvites } from '../chats/wantedInvites.ts';
import { askedBlockStore, askToBlock } from '../people/askedBlock.ts';
import { aUser } from '../testing/chatModel.ts';
import { aChatId, aUserId } from '../testing/ids.ts';
import { openPersonCard, personCardStore } from '../users/personCard.ts';
import { closeAllAsked } from './asked.ts';

test('no dialog about a person or a group outlives the session in which it was asked for', () => {
  askToBlock(aUser(1));
  openPersonCard(aUserId(1));
  wantInvites(aChatId(1));
  closeAllAsked();
  expect([askedBlockStore, personCardStore, wantedInvitesStore].map((store) => store.getState())).toEqual([
    { user: null },
    { userId: null },
    { chatId: null },
  ]);
});
