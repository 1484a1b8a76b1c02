import { closeWantedInvites } from '../chats/wantedInvites.ts';
import { closeAskedBlock } from '../people/askedBlock.ts';
import { closePersonCard } from '../users/personCard.ts';

/** Closes what was asked for from wherever a person or a group is shown: the next one to sign in here has not asked. */
export function closeAllAsked(): void {
  closeAskedBlock();
  closePersonCard();
  closeWantedInvites();
}
