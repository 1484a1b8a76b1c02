import type { ChatId } from '@dialog/shared/contract/values';
import type { OwnCall } from './own/ownCall.ts';

interface Wish {
  readonly chatId: ChatId;
  /** False: a voice call. What one has chosen in a call that goes on stays. */
  readonly hasCamera: boolean;
}

type Own = Pick<OwnCall, 'openLobby'> & {
  readonly store: Pick<OwnCall['store'], 'getState'>;
  readonly media: Pick<OwnCall['media'], 'want'>;
};

/** To the door of a chat's call, by voice or with pictures; or to the stage of the one that one is in. */
export function openCall(own: Own, { chatId, hasCamera }: Wish): void {
  if (own.store.getState().active === null) own.media.want('camera', hasCamera);
  own.openLobby(chatId);
}
