import type { ChatId, CallId, SessionId, UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import type { Call, CallDevice, CallRepository } from './calls.repository.ts';
import { REMOVE_TOPIC, type RemoveJob, roomOf } from './calls.rooms.ts';
import { identityOf } from './identity.ts';

interface Deps {
  readonly calls: CallRepository;
  /** Writes an outbox row in this transaction. */
  readonly addJob: (tx: Tx, topic: string, payload: unknown) => Promise<void>;
  /** In this transaction: the call rings this person no longer. */
  readonly withdraw: (tx: Tx, who: { readonly callId: CallId; readonly userId: UserId }) => Promise<void>;
}

/** Takes devices out of calls: a row that goes, and an outbox row of the same transaction that ends what is connected. */
export function createCallLeaving({ calls, addJob, withdraw }: Deps) {
  /** False: it was not let in. */
  async function takeOut(
    tx: Tx,
    device: CallDevice & Pick<Call, 'roomName' | 'mediaServer' | 'way'>,
  ): Promise<boolean> {
    if (!(await calls.dismiss(tx, device))) return false;
    const job: RemoveJob = { ...roomOf(device), identity: identityOf(device) };
    await addJob(tx, REMOVE_TOPIC, device.way === 'direct' ? { ...job, directCallId: device.callId } : job);
    return true;
  }

  /** All devices of this person, those too on which it rings. */
  async function takeOutOf(tx: Tx, call: Call, userId: UserId): Promise<void> {
    for (const deviceId of await calls.devicesOf(tx, call.id, userId)) {
      // oxlint-disable-next-line no-await-in-loop -- one transaction is one connection
      await takeOut(tx, { ...call, callId: call.id, userId, deviceId });
    }
    await withdraw(tx, { callId: call.id, userId });
  }

  return {
    takeOut,
    takeOutOf,

    /** To be called in the transaction in which someone leaves a chat or is removed from it. */
    async membershipEnded(
      tx: Tx,
      { chatId, userId }: { readonly chatId: ChatId; readonly userId: UserId },
    ): Promise<void> {
      const call = await calls.findRunningByChat(tx, chatId);
      if (call) await takeOutOf(tx, call, userId);
    },

    /**
     * To be called in the transaction in which one person blocks another: whoever blocks goes out of the call of the two, as
     * if they had hung up. To the other nothing else happens, and the call is theirs to leave.
     */
    async blocked(tx: Tx, { actorId, otherId }: { readonly actorId: UserId; readonly otherId: UserId }): Promise<void> {
      const call = await calls.findRunningBetween(tx, actorId, otherId);
      if (call) await takeOutOf(tx, call, actorId);
    },

    /** To be called in the transaction in which sessions end. */
    async sessionsEnded(tx: Tx, sessions: ReadonlyArray<{ readonly sessionId: SessionId }>): Promise<void> {
      const sessionIds = sessions.map(({ sessionId }) => sessionId);
      for (const device of await calls.devicesOfSessions(tx, sessionIds)) {
        // oxlint-disable-next-line no-await-in-loop -- one transaction is one connection
        await takeOut(tx, device);
      }
    },
  };
}
