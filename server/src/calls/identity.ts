import { DeviceId, UserId } from '@dialog/shared/contract/values';
import type { CallDevice } from './calls.repository.ts';

/** What the media server calls a participant: the same device twice throws its first connection out. */
export function identityOf({ userId, deviceId }: Pick<CallDevice, 'userId' | 'deviceId'>): string {
  return `${userId}:${deviceId}`;
}

/** Null for what we never gave out. */
export function parseIdentity(identity: string): Pick<CallDevice, 'userId' | 'deviceId'> | null {
  const [user, device, ...rest] = identity.split(':');
  const userId = UserId.safeParse(user);
  const deviceId = DeviceId.safeParse(device);
  return userId.success && deviceId.success && rest.length === 0
    ? { userId: userId.data, deviceId: deviceId.data }
    : null;
}
