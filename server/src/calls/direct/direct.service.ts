import type { CallId, UserId } from '@dialog/shared/contract/values';
import { AppError } from '../../platform/appError.ts';
import type { Caller } from '../../platform/http/router.ts';

interface Deps {
  /** @throws AppError call-not-found unless it goes on and this person is in its chat. */
  readonly requireCall: (callId: CallId, userId: UserId) => Promise<unknown>;
}

export type DirectCalls = ReturnType<typeof createDirectCalls>;

/** What the devices in a direct call ask of the server. */
export function createDirectCalls({ requireCall }: Deps) {
  async function refuse(caller: Caller, callId: CallId): Promise<never> {
    await requireCall(callId, caller.userId);
    throw new AppError('not-allowed', 'the media of this call go through the media server');
  }

  return {
    async moveCall(caller: Caller, callId: CallId): Promise<Record<string, never>> {
      await requireCall(callId, caller.userId);
      return {};
    },
    renewIceServers: refuse,
    signalCall: refuse,
  };
}
