import { callRoutes } from '@dialog/shared/calls';
import { CallId, type ChatId, type UserId } from '@dialog/shared/contract/values';
import { uuidv7 } from 'uuidv7';
import { ApiError } from '../../platform/api.ts';
import type { Calls } from '../calls.ts';
import { WAYS } from '../own/own.admission.ts';

type Deps = Pick<Calls, 'call' | 'own' | 'deviceId'>;

interface Leading {
  /** The call that is to go on. */
  readonly from: CallId | undefined;
  /** Where. */
  readonly chatId: ChatId;
  readonly isSealed: boolean;
  readonly rings: UserId[];
}

/** Begins a call in another chat, in which the one I am in goes on. Rejects where it does not; then nobody is left ringing. */
export async function leadInto({ call, own, deviceId }: Deps, { from, chatId, isSealed, rings }: Leading) {
  const isVideo = own.media.store.getState().camera.isWanted;
  let callId = CallId.parse(uuidv7());

  try {
    const body = { id: callId, ways: WAYS, isVideo, isSealed, rings };
    const chat = await call(callRoutes.startCall, { params: { chatId }, body });
    if (!chat.call) throw new ApiError('call-not-found');
    callId = chat.call.id;
    const { active } = own.store.getState();
    // Hung up meanwhile, or put on hold: nobody else is led there.
    if (!active || active.callId !== from) throw new ApiError('call-not-found');
    await own.goOn({ chatId, callId, isSealed: chat.call.isSealed === true });
    if (!isIn(own, callId)) throw new ApiError('call-not-found');
  } catch (failure) {
    // Also where it is not known to have begun; the server ends a call that nobody is in.
    await call(callRoutes.leaveCall, { params: { callId }, body: { deviceId } }).catch(() => {});
    throw failure;
  }
}

function isIn({ store }: Calls['own'], callId: CallId): boolean {
  const { active, held } = store.getState();
  return active?.callId === callId || held?.callId === callId;
}
