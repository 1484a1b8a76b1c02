import { type DeviceId, UserId } from '@dialog/shared/contract/values';

interface Device {
  readonly userId: UserId;
  readonly deviceId: DeviceId;
}

export function identityOf({ userId, deviceId }: Device): string {
  return `${userId}:${deviceId}`;
}

/** Whose device it is; `identity`: `userId:deviceId`, as the server made it. */
export function userOf(identity: string): UserId {
  return UserId.parse(identity.split(':')[0]);
}
